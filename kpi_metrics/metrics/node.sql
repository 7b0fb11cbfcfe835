-- Run once per depth of the tree, deepest first: one row per KPI, owner at this depth and month (cell) that the owner or
-- somebody below it holds: target, result through the month, and who owes the month's entry.
-- Sums are of decimals, so that they come out the same in whatever order the rows arrive.
with child as (
    select
        node.*,
        place.parent_no,
        (node.kpi_no * 1000000 + place.parent_no) * 100 + node.month as parent_cell
    from node
    inner join place on place.slot = node.owner_no * 1000000 + node.fiscal_year * 100 + node.month
    inner join depth on place.parent_depth = depth.depth
),

children as (
    select
        parent_cell as cell,
        bool_or(is_holder or has_holder_below) as has_holder_below,
        cast(sum(count_due) as int) as count_due,
        cast(sum(count_reported) as int) as count_reported,
        cast(sum(cast(target as decimal(38, 10))) as double) as sum_target,
        min(target) as min_target,
        max(target) as max_target,
        count(result) as count_result,
        count(case when target > 0 then result end) as count_weighted,
        cast(sum(cast(result as decimal(38, 10))) as double) as sum_result,
        cast(sum(cast(target * result as decimal(38, 10))) as double)
        / nullif(cast(sum(cast(case when result is not null then target end as decimal(38, 10))) as double), 0)
            as weighted_mean,
        min(result) as min_result,
        max(result) as max_result,
        cast(sum(cast(numerator as decimal(38, 10))) as double) as numerator,
        cast(sum(cast(denominator as decimal(38, 10))) as double) as denominator,
        bool_or(is_without_cases) as is_without_cases
    from child
    group by parent_cell
),

first_held as (
    select
        fiscal_year,
        kpi_no,
        parent_no as owner_no,
        min(month) as first_month,
        min(case when is_row then month end) as first_row_month
    from child
    group by fiscal_year, kpi_no, parent_no
),

flowed as (
    select
        (taken_over.kpi_no * 1000000 + taken_over.owner_no) * 100 + month.month as cell,
        cast(sum(taken_over.value) as double) as value,
        cast(sum(taken_over.numerator) as double) as numerator,
        cast(sum(taken_over.denominator) as double) as denominator
    from taken_over
    inner join month
        on
            taken_over.fiscal_year = month.fiscal_year
            and month.month between taken_over.first_month and taken_over.last_month
    group by (taken_over.kpi_no * 1000000 + taken_over.owner_no) * 100 + month.month
),

-- a KPI that somebody below once held stays with the owner to the year's end
below as (
    select
        (first_held.kpi_no * 1000000 + first_held.owner_no) * 100 + month.month as cell,
        first_held.kpi_no,
        first_held.owner_no,
        month.fiscal_year,
        month.month,
        first_held.first_row_month <= month.month as is_child_row
    from first_held
    inner join month on first_held.fiscal_year = month.fiscal_year and first_held.first_month <= month.month
),

brought as (
    select
        below.*,
        children.has_holder_below,
        children.count_due,
        children.count_reported,
        case
            when kpi.roll_up = 'none' then null
            when kpi.roll_up = 'sum' then children.sum_target
            when children.min_target = children.max_target then children.min_target
        end as target,
        case
            when kpi.roll_up = 'sum' and kpi.entry = 'increment' then flowed.value
            when kpi.roll_up = 'sum' then children.sum_result
            when kpi.roll_up = 'mean' and children.count_weighted = children.count_result then children.weighted_mean
            when kpi.roll_up = 'mean' then children.sum_result / nullif(children.count_result, 0)
            when kpi.roll_up = 'min' then children.min_result
            when kpi.roll_up = 'max' then children.max_result
        end as result,
        case when kpi.roll_up = 'ratio' then
            case when kpi.entry = 'increment' then flowed.numerator else children.numerator end
        end as numerator,
        case when kpi.roll_up = 'ratio' then
            case when kpi.entry = 'increment' then flowed.denominator else children.denominator end
        end as denominator,
        kpi.roll_up in ('mean', 'min', 'max') and children.count_result = 0 and children.is_without_cases
            as is_without_cases
    from below
    left join children on below.cell = children.cell
    left join flowed on below.cell = flowed.cell
    left join kpi on below.kpi_no = kpi.kpi_no
),

own_here as (
    select own.*
    from own
    inner join depth on own.depth = depth.depth
),

met as (
    select
        coalesce(own_here.cell, brought.cell) as cell,
        coalesce(own_here.kpi_no, brought.kpi_no) as kpi_no,
        coalesce(own_here.owner_no, brought.owner_no) as owner_no,
        coalesce(own_here.fiscal_year, brought.fiscal_year) as fiscal_year,
        coalesce(own_here.month, brought.month) as month,
        own_here.version_no,
        own_here.cell is not null as is_own_row,
        coalesce(brought.is_child_row, false) as is_child_row,
        coalesce(own_here.is_holder, false) as is_holder,
        coalesce(own_here.is_asked, false) as is_asked,
        coalesce(own_here.is_reported, false) as is_reported,
        coalesce(own_here.has_own_entry, false) as has_own_entry,
        coalesce(brought.has_holder_below, false) as has_holder_below,
        coalesce(brought.count_due, 0) as count_due_below,
        coalesce(brought.count_reported, 0) as count_reported_below,
        coalesce(own_here.target, brought.target) as target,
        case
            when own_here.has_own_entry then own_here.result
            else coalesce(brought.result, 100 * brought.numerator / nullif(brought.denominator, 0))
        end as result,
        case when own_here.has_own_entry then own_here.numerator else brought.numerator end as numerator,
        case when own_here.has_own_entry then own_here.denominator else brought.denominator end as denominator,
        not coalesce(own_here.has_own_entry, false) and coalesce(brought.is_without_cases, false)
            as is_below_without_cases
    from own_here
    full join brought on own_here.cell = brought.cell
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
    owed.result is null and (coalesce(owed.denominator = 0, false) or owed.is_below_without_cases) as is_without_cases,
    case
        when owed.has_own_entry then 'own'
        when owed.result is not null or owed.denominator = 0 or owed.is_below_without_cases then 'children'
        else 'none'
    end as source
from owed
left join place on place.slot = owed.owner_no * 1000000 + owed.fiscal_year * 100 + owed.month
