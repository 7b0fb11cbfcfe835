-- One row per KPI, owner and month (cell) with an own entry through that month: the owner's own result.
-- Increments add up from month 1; a snapshot is the last one reported. Percents carry numerator and denominator.
with carried as (
    select
        reported.fiscal_year,
        reported.series,
        reported.kpi_no,
        reported.owner_no,
        reported.month,
        lead(reported.month) over through_month as next_month,
        case when kpi.entry = 'increment' then sum(reported.value) over through_month else reported.value end as value,
        case
            when kpi.entry = 'increment' then sum(reported.numerator) over through_month
            else reported.numerator
        end as numerator,
        case
            when kpi.entry = 'increment' then sum(reported.denominator) over through_month
            else reported.denominator
        end as denominator
    from reported
    inner join kpi on reported.kpi_no = kpi.kpi_no
    window through_month as (partition by reported.series order by reported.month)
)

select
    carried.series * 100 + month.month as cell,
    carried.kpi_no,
    carried.owner_no,
    month.fiscal_year,
    month.month,
    carried.month = month.month as is_reported,
    carried.numerator,
    carried.denominator,
    coalesce(carried.value, 100 * carried.numerator / nullif(carried.denominator, 0)) as result
from carried
inner join month
    on
        carried.fiscal_year = month.fiscal_year
        and carried.month <= month.month
        and (carried.next_month is null or carried.next_month > month.month)
