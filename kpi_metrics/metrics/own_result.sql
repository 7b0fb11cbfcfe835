-- One row per KPI, owner and month (cell) with an own entry through that month: the owner's own result.
-- Increments add up from month 1; a snapshot is the last one reported. Percents carry numerator and denominator.
with carried as (
    select
        entry.fiscal_year,
        entry.series,
        entry.kpi_no,
        entry.owner_no,
        entry.month,
        lead(entry.month) over reported as next_month,
        case when kpi.entry = 'increment' then sum(entry.value) over reported else entry.value end as value,
        case when kpi.entry = 'increment' then sum(entry.numerator) over reported else entry.numerator end
            as numerator,
        case when kpi.entry = 'increment' then sum(entry.denominator) over reported else entry.denominator end
            as denominator
    from entry
    inner join kpi on entry.kpi_no = kpi.kpi_no
    window reported as (partition by entry.series order by entry.month)
)

select
    carried.series * 100 + month.month as cell,
    carried.series,
    carried.kpi_no,
    carried.owner_no,
    month.fiscal_year,
    month.month,
    carried.numerator,
    carried.denominator,
    coalesce(carried.value, 100 * carried.numerator / nullif(carried.denominator, 0)) as result
from carried
inner join month
    on
        carried.fiscal_year = month.fiscal_year
        and carried.month <= month.month
        and (carried.next_month is null or carried.next_month > month.month)
