-- One row per KPI, owner at the depth at hand and month (cell) that somebody below the owner holds: what the children
-- bring up, by the KPI's roll-up. Sums are of decimals, so that they come out the same in whatever order rows arrive.
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
            and month.month between taken_over.first_month and taken_over.children_last_month
    group by (taken_over.kpi_no * 1000000 + taken_over.owner_no) * 100 + month.month
),

-- a KPI that somebody below once held stays with the owner to the year's end
kept as (
    select
        (first_held.kpi_no * 1000000 + first_held.owner_no) * 100 + month.month as cell,
        first_held.kpi_no,
        first_held.owner_no,
        month.fiscal_year,
        month.month,
        first_held.first_row_month <= month.month as is_child_row
    from first_held
    inner join month on first_held.fiscal_year = month.fiscal_year and first_held.first_month <= month.month
)

select
    kept.*,
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
    case
        when kpi.roll_up = 'ratio'
            then
                case when kpi.entry = 'increment' then flowed.numerator else children.numerator end
    end as numerator,
    case
        when kpi.roll_up = 'ratio'
            then
                case when kpi.entry = 'increment' then flowed.denominator else children.denominator end
    end as denominator,
    kpi.roll_up in ('mean', 'min', 'max') and children.count_result = 0 and children.is_without_cases
        as is_without_cases
from kept
left join children on kept.cell = children.cell
left join flowed on kept.cell = flowed.cell
left join kpi on kept.kpi_no = kpi.kpi_no
