-- Run once per depth of the tree, deepest first: what the owners at this depth take over from their children, the
-- increment of each month from those who stood under them in that month, until own entries begin: through last_month.
-- children_last_month: through which the children bring it, whatever the owner itself reports.
-- Sums are of decimals, so that they come out the same in whatever order the rows arrive.
with taken_over as (
    select
        flow.fiscal_year,
        flow.month,
        flow.kpi_no,
        place.parent_no as owner_no,
        flow.first_month,
        least(flow.last_month, coalesce(own_first.first_month - 1, 12)) as last_month,
        flow.last_month as children_last_month,
        flow.value,
        flow.numerator,
        flow.denominator
    from flow
    inner join place on place.slot = flow.owner_no * 1000000 + flow.fiscal_year * 100 + flow.month
    inner join depth on place.parent_depth = depth.depth
    left join own_first on own_first.series = flow.kpi_no * 1000000 + place.parent_no
    where flow.first_month <= flow.last_month
)

select
    fiscal_year,
    month,
    kpi_no,
    owner_no,
    first_month,
    last_month,
    children_last_month,
    cast(sum(value) as decimal(38, 10)) as value,
    cast(sum(numerator) as decimal(38, 10)) as numerator,
    cast(sum(denominator) as decimal(38, 10)) as denominator
from taken_over
group by fiscal_year, month, kpi_no, owner_no, first_month, last_month, children_last_month
