-- One row per KPI, owner and month (cell) in which the owner holds the KPI: the owner is in force, and so is a target
-- of its own that does not end it. weight: its own, in percent. The children's target stands beside it.
select
    node.cell,
    place.slot,
    node.kpi_no,
    node.owner_no,
    node.fiscal_year,
    node.month,
    place.owner_kind,
    node.target,
    node.children_target,
    node.has_holder_below,
    round(weight.factor * version.weight, 10) as weight,
    coalesce(version.prescribed, false) as is_prescribed
from node
inner join place on place.slot = node.owner_no * 1000000 + node.fiscal_year * 100 + node.month
inner join version on node.version_no = version.version_no
left join weight
    on node.fiscal_year = weight.fiscal_year and node.month = weight.month and node.owner_no = weight.owner_no
where node.is_holder
