-- One row per reporter, KPI and due month: when its entry was due, when it first came in, how late.
-- A late entry counts.
with dues as (
    select
        standing.fiscal_year,
        standing.month,
        standing.kpi_no,
        standing.slot,
        month.due_date,
        reported.first_recorded_at,
        reported.cell is not null as is_reported,
        greatest(0, datediff('day', month.due_date, cast(reported.first_recorded_at as date))) as days_late
    from standing
    inner join month on standing.fiscal_year = month.fiscal_year and standing.month = month.month
    left join reported on standing.cell = reported.cell
    where standing.is_due
)

select
    dues.fiscal_year,
    dues.month,
    place.owner_id,
    place.owner_kind,
    place.parent_id,
    place.owner_name,
    kpi.kpi_id,
    dues.due_date,
    dues.first_recorded_at as reported_at,
    case when dues.is_reported then dues.days_late end as days_late,
    case
        when not dues.is_reported then 'missing'
        when dues.days_late > 0 then 'late'
        else 'reported'
    end as state,
    place.sort_order,
    kpi.kpi_no
from dues
inner join place on dues.slot = place.slot
inner join kpi on dues.kpi_no = kpi.kpi_no
