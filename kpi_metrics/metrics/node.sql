-- Run once per depth of the tree, deepest first: one row per KPI, owner at this depth and month (cell) that the owner
-- or somebody below it holds: target, result through the month, and who owes the month's entry. Own entries are the
-- result where there are any; else what the children bring is, which stands beside either (children_target, _result).
with own_here as (
    select own.*
    from own
    inner join depth on own.depth = depth.depth
),

met as (
    select
        coalesce(own_here.cell, below.cell) as cell,
        coalesce(own_here.kpi_no, below.kpi_no) as kpi_no,
        coalesce(own_here.owner_no, below.owner_no) as owner_no,
        coalesce(own_here.fiscal_year, below.fiscal_year) as fiscal_year,
        coalesce(own_here.month, below.month) as month,
        own_here.version_no,
        own_here.cell is not null as is_own_row,
        coalesce(below.is_child_row, false) as is_child_row,
        coalesce(own_here.is_holder, false) as is_holder,
        coalesce(own_here.is_asked, false) as is_asked,
        coalesce(own_here.is_reported, false) as is_reported,
        coalesce(own_here.has_own_entry, false) as has_own_entry,
        coalesce(below.has_holder_below, false) as has_holder_below,
        coalesce(below.count_due, 0) as count_due_below,
        coalesce(below.count_reported, 0) as count_reported_below,
        coalesce(own_here.target, below.target) as target,
        below.target as children_target,
        coalesce(below.result, 100 * below.numerator / nullif(below.denominator, 0)) as children_result,
        case
            when own_here.has_own_entry then own_here.result
            else coalesce(below.result, 100 * below.numerator / nullif(below.denominator, 0))
        end as result,
        case when own_here.has_own_entry then own_here.numerator else below.numerator end as numerator,
        case when own_here.has_own_entry then own_here.denominator else below.denominator end as denominator,
        not coalesce(own_here.has_own_entry, false) and coalesce(below.is_without_cases, false)
            as is_below_without_cases
    from own_here
    full join below on own_here.cell = below.cell
),

owed as (
    select
        met.*,
        kpi.roll_up,
        met.is_asked and (kpi.roll_up = 'none' or not met.has_holder_below) as is_due
    from met
    left join kpi on met.kpi_no = kpi.kpi_no
)

select
    owed.cell,
    owed.kpi_no,
    owed.owner_no,
    owed.fiscal_year,
    owed.month,
    owed.version_no,
    place.slot is not null and (owed.is_own_row or (owed.roll_up <> 'none' and owed.is_child_row)) as is_row,
    owed.is_holder,
    owed.has_holder_below,
    owed.is_due,
    owed.count_due_below + case when owed.is_due then 1 else 0 end as count_due,
    owed.count_reported_below + case when owed.is_due and owed.is_reported then 1 else 0 end as count_reported,
    owed.target,
    owed.result,
    owed.numerator,
    owed.denominator,
    owed.children_target,
    owed.children_result,
    owed.result is null and (coalesce(owed.denominator = 0, false) or owed.is_below_without_cases) as is_without_cases,
    case
        when owed.has_own_entry then 'own'
        when owed.result is not null or owed.denominator = 0 or owed.is_below_without_cases then 'children'
        else 'none'
    end as source
from owed
left join place on place.slot = owed.owner_no * 1000000 + owed.fiscal_year * 100 + owed.month
