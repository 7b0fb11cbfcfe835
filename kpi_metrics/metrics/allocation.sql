-- One row per KPI, owner and month (cell) where what the owner has of its own differs from what its children bring:
-- the target of a KPI that adds up, against the sum of the children's (unallocated: they have less), or the own result
-- against the children's. difference: children - own of targets, own - children of results.
with targets as (
    select
        held.cell,
        held.slot,
        held.kpi_no,
        held.fiscal_year,
        held.month,
        held.target as own,
        held.children_target as children,
        held.children_target - held.target as difference
    from held
    inner join kpi on held.kpi_no = kpi.kpi_no
    where kpi.roll_up = 'sum'
),

results as (
    select
        node.cell,
        place.slot,
        node.kpi_no,
        node.fiscal_year,
        node.month,
        node.result as own,
        node.children_result as children,
        node.result - node.children_result as difference
    from node
    inner join place on place.slot = node.owner_no * 1000000 + node.fiscal_year * 100 + node.month
    left join version on node.version_no = version.version_no
    where node.source = 'own' and not coalesce(version.is_end, false)
)

select
    case when difference < 0 then 'unallocated' else 'over_allocated' end as fault,
    *
from targets
where round(difference, 10) <> 0
union all
select
    'own_against_children' as fault,
    *
from results
where round(difference, 10) <> 0
