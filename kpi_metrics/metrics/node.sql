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
        sum(count_due) as count_due,
        sum(count_reported) as count_reported,
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
        (flow.kpi_no * 1000000 + flow.owner_no) * 100 + month.month as cell,
        cast(sum(flow.value) as double) as value,
        cast(sum(flow.numerator) as double) as numerator,
        cast(sum(flow.denominator) as double) as denominator
    from flow
    inner join owner on flow.owner_no = owner.owner_no
    inner join depth on owner.depth = depth.depth
    inner join month
        on flow.fiscal_year = month.fiscal_year and month.month between flow.first_month and flow.last_month
    -- own entries are read as they are, in own
    where not depth.is_deepest
    group by (flow.kpi_no * 1000000 + flow.owner_no) * 100 + month.month
),

own_here as (
    select own.*
    from own
    inner join owner on own.owner_no = owner.owner_no
    inner join depth on owner.depth = depth.depth
),

held as (
    select cell, kpi_no, owner_no, fiscal_year, month, null as first_row_month
    from own_here
    union all
    select
        (first_held.kpi_no * 1000000 + first_held.owner_no) * 100 + month.month,
        first_held.kpi_no, first_held.owner_no, month.fiscal_year, month.month, first_held.first_row_month
    from first_held
    inner join month on first_held.fiscal_year = month.fiscal_year and first_held.first_month <= month.month
),

keys as (
    select cell, kpi_no, owner_no, fiscal_year, month, min(first_row_month) as first_row_month
    from held
    group by cell, kpi_no, owner_no, fiscal_year, month
),

rolled as (
    select
        keys.cell,
        keys.kpi_no,
        keys.owner_no,
        keys.fiscal_year,
        keys.month,
        kpi.roll_up,
        own_here.cell is not null as is_own_row,
        coalesce(own_here.is_holder, false) as is_holder,
        coalesce(own_here.is_asked, false) as is_asked,
        coalesce(own_here.has_own_entry, false) as has_own_entry,
        own_here.target as own_target,
        own_here.result as own_result,
        own_here.numerator as own_numerator,
        own_here.denominator as own_denominator,
        coalesce(keys.first_row_month <= keys.month, false) as is_child_row,
        coalesce(children.has_holder_below, false) as has_holder_below,
        coalesce(children.count_due, 0) as count_due_below,
        coalesce(children.count_reported, 0) as count_reported_below,
        case
            when kpi.roll_up = 'none' then null
            when kpi.roll_up = 'sum' then children.sum_target
            when children.min_target = children.max_target then children.min_target
        end as children_target,
        case
            when kpi.roll_up = 'sum' and kpi.entry = 'increment' then flowed.value
            when kpi.roll_up = 'sum' then children.sum_result
            when kpi.roll_up = 'mean' and children.count_weighted = children.count_result then children.weighted_mean
            when kpi.roll_up = 'mean' then children.sum_result / nullif(children.count_result, 0)
            when kpi.roll_up = 'min' then children.min_result
            when kpi.roll_up = 'max' then children.max_result
        end as children_result,
        case when kpi.roll_up = 'ratio' then
            case when kpi.entry = 'increment' then flowed.numerator else children.numerator end
        end as children_numerator,
        case when kpi.roll_up = 'ratio' then
            case when kpi.entry = 'increment' then flowed.denominator else children.denominator end
        end as children_denominator,
        coalesce(
            kpi.roll_up in ('mean', 'min', 'max') and children.count_result = 0 and children.is_without_cases, false
        ) as is_children_without_cases
    from keys
    inner join kpi on keys.kpi_no = kpi.kpi_no
    left join own_here on keys.cell = own_here.cell
    left join children on keys.cell = children.cell
    left join flowed on keys.cell = flowed.cell
),

owed as (
    select
        rolled.*,
        rolled.is_asked and (rolled.roll_up = 'none' or not rolled.has_holder_below) as is_due,
        entry.cell is not null as is_reported
    from rolled
    left join entry on rolled.cell = entry.cell
),

taken as (
    select
        *,
        case
            when has_own_entry then own_result
            else coalesce(children_result, 100 * children_numerator / nullif(children_denominator, 0))
        end as result,
        case when has_own_entry then own_numerator else children_numerator end as numerator,
        case when has_own_entry then own_denominator else children_denominator end as denominator
    from owed
)

select
    taken.cell,
    taken.kpi_no,
    taken.owner_no,
    taken.fiscal_year,
    taken.month,
    place.slot is not null
    and (taken.is_own_row or (taken.roll_up <> 'none' and taken.is_child_row)) as is_row,
    taken.is_holder,
    taken.has_holder_below,
    taken.is_due,
    taken.count_due_below + case when taken.is_due then 1 else 0 end as count_due,
    taken.count_reported_below + case when taken.is_due and taken.is_reported then 1 else 0 end as count_reported,
    coalesce(taken.own_target, taken.children_target) as target,
    taken.result,
    taken.numerator,
    taken.denominator,
    taken.result is null
    and (coalesce(taken.denominator = 0, false) or (not taken.has_own_entry and taken.is_children_without_cases))
        as is_without_cases,
    case
        when taken.has_own_entry then 'own'
        when taken.result is not null or taken.denominator = 0 or taken.is_children_without_cases then 'children'
        else 'none'
    end as source
from taken
left join place on place.slot = taken.owner_no * 1000000 + taken.fiscal_year * 100 + taken.month
