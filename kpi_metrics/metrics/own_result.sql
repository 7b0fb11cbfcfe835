-- One row per fiscal year, month, owner and KPI with an own entry through that month: the owner's own result.
-- Increments add up from month 1; a snapshot is the last one reported. Percents carry numerator and denominator.
with carried as (
    select
        entry.fiscal_year,
        entry.owner_id,
        entry.kpi_id,
        entry.month,
        lead(entry.month) over reported as next_month,
        case when kpi.entry = 'increment' then sum(entry.value) over reported else entry.value end as value,
        case when kpi.entry = 'increment' then sum(entry.numerator) over reported else entry.numerator end
            as numerator,
        case when kpi.entry = 'increment' then sum(entry.denominator) over reported else entry.denominator end
            as denominator
    from entry
    inner join current_kpis as kpi on entry.fiscal_year = kpi.fiscal_year and entry.kpi_id = kpi.kpi_id
    window reported as (partition by entry.fiscal_year, entry.owner_id, entry.kpi_id order by entry.month)
)

select
    month.fiscal_year,
    month.month,
    carried.owner_id,
    carried.kpi_id,
    carried.numerator,
    carried.denominator,
    coalesce(carried.value, 100 * carried.numerator / nullif(carried.denominator, 0)) as result
from carried
inner join month
    on
        carried.fiscal_year = month.fiscal_year
        and carried.month <= month.month
        and (carried.next_month is null or carried.next_month > month.month)
