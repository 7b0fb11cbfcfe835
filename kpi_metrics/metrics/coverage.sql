-- One row per reporter, KPI and due month: when its entry was due, when it first came in, how late. A late entry counts.
with dues as (
    select
        node.fiscal_year,
        node.month,
        node.owner_id,
        node.kpi_id,
        month.due_date,
        entry.first_recorded_at,
        entry.owner_id is not null as is_reported
    from node
    inner join month on node.fiscal_year = month.fiscal_year and node.month = month.month
    left join entry
        on
            node.fiscal_year = entry.fiscal_year
            and node.month = entry.month
            and node.owner_id = entry.owner_id
            and node.kpi_id = entry.kpi_id
    where node.is_due
),

dated as (
    select
        *,
        greatest(0, datediff('day', due_date, cast(first_recorded_at as date))) as days_late
    from dues
)

select
    dated.fiscal_year,
    dated.month,
    dated.owner_id,
    place.owner_kind,
    place.parent_id,
    place.owner_name,
    dated.kpi_id,
    dated.due_date,
    dated.first_recorded_at as reported_at,
    case when dated.is_reported then dated.days_late end as days_late,
    case
        when not dated.is_reported then 'missing'
        when dated.days_late > 0 then 'late'
        else 'reported'
    end as state,
    place.sort_order,
    kpi_order.position as kpi_position
from dated
inner join place
    on
        dated.fiscal_year = place.fiscal_year
        and dated.month = place.month
        and dated.owner_id = place.owner_id
inner join kpi_order on dated.fiscal_year = kpi_order.fiscal_year and dated.kpi_id = kpi_order.kpi_id
