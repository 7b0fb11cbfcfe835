-- One row per reporter, KPI and due month: when its entry was due, when it first came in, how late. A late entry counts.
with dues as (
    select
        node.fiscal_year,
        node.month,
        node.kpi_no,
        node.owner_no * 1000000 + node.fiscal_year * 100 + node.month as slot,
        month.due_date,
        entry.first_recorded_at,
        entry.cell is not null as is_reported,
        greatest(0, datediff('day', month.due_date, cast(entry.first_recorded_at as date))) as days_late
    from node
    inner join month on node.fiscal_year = month.fiscal_year and node.month = month.month
    left join entry on node.cell = entry.cell
    where node.is_due
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
