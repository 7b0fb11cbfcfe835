-- Run once per depth of the tree, deepest first: one row per fiscal year, month, owner at this depth and KPI that it or
-- somebody below it holds: target, result through the month, and who owes the month's entry.
with parent as (
    select owner_depth.owner_id
    from owner_depth
    inner join depth on owner_depth.depth = depth.depth
),

child as (
    select
        node.*,
        place.parent_id
    from node
    inner join place
        on
            node.fiscal_year = place.fiscal_year
            and node.month = place.month
            and node.owner_id = place.owner_id
    inner join parent on place.parent_id = parent.owner_id
),

children as (
    select
        fiscal_year,
        month,
        parent_id as owner_id,
        kpi_id,
        bool_or(is_holder or has_holder_below) as has_holder_below,
        sum(count_due) as count_due,
        sum(count_reported) as count_reported,
        count(target) as count_target,
        sum(target) as sum_target,
        min(target) as min_target,
        max(target) as max_target,
        count(result) as count_result,
        count(case when target > 0 then result end) as count_weighted,
        sum(result) as sum_result,
        sum(target * result) / nullif(sum(case when result is not null then target end), 0) as weighted_mean,
        min(result) as min_result,
        max(result) as max_result,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        bool_or(is_without_cases) as is_without_cases
    from child
    group by fiscal_year, month, parent_id, kpi_id
),

first_held as (
    select
        fiscal_year,
        parent_id as owner_id,
        kpi_id,
        min(month) as first_month,
        min(case when is_row then month end) as first_row_month
    from child
    group by fiscal_year, parent_id, kpi_id
),

flowed as (
    select
        flow.fiscal_year,
        month.month,
        flow.owner_id,
        flow.kpi_id,
        sum(flow.value) as value,
        sum(flow.numerator) as numerator,
        sum(flow.denominator) as denominator
    from flow
    inner join parent on flow.owner_id = parent.owner_id
    inner join month
        on flow.fiscal_year = month.fiscal_year and month.month between flow.first_month and flow.last_month
    group by flow.fiscal_year, month.month, flow.owner_id, flow.kpi_id
),

keys as (
    select own.fiscal_year, own.month, own.owner_id, own.kpi_id
    from own
    inner join parent on own.owner_id = parent.owner_id
    union
    select first_held.fiscal_year, month.month, first_held.owner_id, first_held.kpi_id
    from first_held
    inner join month on first_held.fiscal_year = month.fiscal_year and first_held.first_month <= month.month
),

rolled as (
    select
        keys.fiscal_year,
        keys.month,
        keys.owner_id,
        keys.kpi_id,
        kpi.roll_up,
        own.owner_id is not null as is_own_row,
        coalesce(own.is_holder, false) as is_holder,
        coalesce(own.is_asked, false) as is_asked,
        coalesce(own.has_own_entry, false) as has_own_entry,
        own.target as own_target,
        own.result as own_result,
        own.numerator as own_numerator,
        own.denominator as own_denominator,
        coalesce(first_held.first_row_month <= keys.month, false) as is_child_row,
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
    inner join current_kpis as kpi on keys.fiscal_year = kpi.fiscal_year and keys.kpi_id = kpi.kpi_id
    left join own
        on
            keys.fiscal_year = own.fiscal_year
            and keys.month = own.month
            and keys.owner_id = own.owner_id
            and keys.kpi_id = own.kpi_id
    left join children
        on
            keys.fiscal_year = children.fiscal_year
            and keys.month = children.month
            and keys.owner_id = children.owner_id
            and keys.kpi_id = children.kpi_id
    left join first_held
        on
            keys.fiscal_year = first_held.fiscal_year
            and keys.owner_id = first_held.owner_id
            and keys.kpi_id = first_held.kpi_id
    left join flowed
        on
            keys.fiscal_year = flowed.fiscal_year
            and keys.month = flowed.month
            and keys.owner_id = flowed.owner_id
            and keys.kpi_id = flowed.kpi_id
),

owed as (
    select
        rolled.*,
        rolled.is_asked and (rolled.roll_up = 'none' or not rolled.has_holder_below) as is_due,
        entry.owner_id is not null as is_reported
    from rolled
    left join entry
        on
            rolled.fiscal_year = entry.fiscal_year
            and rolled.month = entry.month
            and rolled.owner_id = entry.owner_id
            and rolled.kpi_id = entry.kpi_id
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
    taken.fiscal_year,
    taken.month,
    taken.owner_id,
    taken.kpi_id,
    place.owner_id is not null
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
left join place
    on
        taken.fiscal_year = place.fiscal_year
        and taken.month = place.month
        and taken.owner_id = place.owner_id
