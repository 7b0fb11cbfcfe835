-- One row per KPI, owner and month (cell) where a KPI is not handed down, or does not come from above.
-- no_target: an office has no target, though the office above it holds the KPI and another like it there has one. A
-- group takes what it leads, so that one without a target lacks nothing; nor does an office that ended its own.
-- reaches_nobody: nobody below an office that holds a KPI holds it, or one linked to it.
-- not_linked: no office above a person holds the person's KPI, or the one that it is linked to.
with offered as (
    select
        (held.kpi_no * 1000000 + owner.owner_no) * 100 + held.month as cell,
        place.slot,
        place.parent_id,
        place.owner_kind,
        held.kpi_no,
        held.fiscal_year,
        held.month
    from held
    inner join place
        on
            held.owner_no = place.parent_no
            and held.fiscal_year = place.fiscal_year
            and held.month = place.month
    inner join owner on place.owner_id = owner.owner_id
    where place.owner_kind not in ('group', 'person')
),

taken as (
    select
        offered.*,
        node.target,
        coalesce(version.is_end, false) as is_ended,
        count(node.target) over (
            partition by
                offered.kpi_no, offered.fiscal_year, offered.month, offered.parent_id, offered.owner_kind
        ) as count_targets
    from offered
    left join node on offered.cell = node.cell
    left join version on node.version_no = version.version_no
),

reached as (
    select distinct
        linked.parent_kpi_id,
        node.fiscal_year,
        node.month,
        node.owner_no
    from node
    inner join kpi as linked on node.kpi_no = linked.kpi_no
    where node.has_holder_below and linked.parent_kpi_id is not null
),

above as (
    select
        held.cell,
        (held.kpi_no * 1000000 + ancestor.ancestor_no) * 100 + held.month as same_cell,
        (parent.kpi_no * 1000000 + ancestor.ancestor_no) * 100 + held.month as parent_cell
    from held
    inner join ancestor on held.slot = ancestor.slot
    inner join kpi on held.kpi_no = kpi.kpi_no
    left join kpi as parent on kpi.fiscal_year = parent.fiscal_year and kpi.parent_kpi_id = parent.kpi_id
    where held.owner_kind = 'person'
),

linked_up as (
    select above.cell
    from above
    inner join held on above.same_cell = held.cell
    union
    select above.cell
    from above
    inner join held on above.parent_cell = held.cell
)

select
    'no_target' as fault,
    cell,
    slot,
    kpi_no,
    fiscal_year,
    month,
    cast(null as double) as own
from taken
where target is null and not is_ended and count_targets > 0
union all
select
    'reaches_nobody' as fault,
    held.cell,
    held.slot,
    held.kpi_no,
    held.fiscal_year,
    held.month,
    held.target as own
from held
inner join kpi on held.kpi_no = kpi.kpi_no
left join reached
    on
        kpi.kpi_id = reached.parent_kpi_id
        and held.fiscal_year = reached.fiscal_year
        and held.month = reached.month
        and held.owner_no = reached.owner_no
where held.owner_kind <> 'person' and not held.has_holder_below and reached.owner_no is null
union all
select
    'not_linked' as fault,
    held.cell,
    held.slot,
    held.kpi_no,
    held.fiscal_year,
    held.month,
    held.target as own
from held
left join linked_up on held.cell = linked_up.cell
where held.owner_kind = 'person' and linked_up.cell is null
