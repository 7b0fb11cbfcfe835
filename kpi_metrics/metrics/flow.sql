-- Run once per depth of the tree, deepest first; adds to the flows what the owners at this depth take over from their
-- children: the increment of each month from those who stood under them in that month, until own entries begin.
with taken_over as (
    select
        flow.fiscal_year,
        place.parent_id as owner_id,
        flow.kpi_id,
        flow.month,
        flow.first_month,
        least(flow.last_month, coalesce(own_first.first_month - 1, 12)) as last_month,
        flow.value,
        flow.numerator,
        flow.denominator
    from flow
    inner join place
        on
            flow.fiscal_year = place.fiscal_year
            and flow.month = place.month
            and flow.owner_id = place.owner_id
    inner join owner_depth on place.parent_id = owner_depth.owner_id
    inner join depth on owner_depth.depth = depth.depth
    left join own_first
        on
            flow.fiscal_year = own_first.fiscal_year
            and flow.kpi_id = own_first.kpi_id
            and place.parent_id = own_first.owner_id
)

select
    fiscal_year,
    owner_id,
    kpi_id,
    month,
    first_month,
    last_month,
    sum(value) as value,
    sum(numerator) as numerator,
    sum(denominator) as denominator
from taken_over
where first_month <= last_month
group by fiscal_year, owner_id, kpi_id, month, first_month, last_month
