-- One row per KPI and child of the owner in `sought` (fiscal_year, month, owner_id), numbered: more is better, the
-- owner's result comes from its children, and the child's is short of its target. remaining: what the child has yet to
-- do for the year's target, in the KPI's unit, or of the numerator where parts add up. result: what the owner would
-- have if the child reached it, by the roll-up of below.sql; beside it what it is scored by.
with parent as (
    select
        scorecard.*,
        kpi.roll_up
    from scorecard
    inner join sought
        on
            scorecard.fiscal_year = sought.fiscal_year
            and scorecard.month = sought.month
            and scorecard.owner_id = sought.owner_id
    inner join kpi on scorecard.kpi_no = kpi.kpi_no
    where
        scorecard.source = 'children'
        and scorecard.direction = 'up'
        and scorecard.score_year is not null
        and scorecard.weight > 0
        and scorecard.override_reason is null
),

child as (
    select scorecard.*
    from scorecard
    inner join sought
        on
            scorecard.fiscal_year = sought.fiscal_year
            and scorecard.month = sought.month
            and scorecard.parent_id = sought.owner_id
),

short as (
    select
        child.kpi_no,
        child.owner_id,
        child.target,
        parent.roll_up,
        case
            when parent.roll_up = 'ratio' then child.target * child.denominator / 100 - child.numerator
            else child.target - child.result
        end as remaining
    from child
    inner join parent on child.kpi_no = parent.kpi_no
    where round(child.target - child.result, 10) > 0
),

together as (
    select
        short.kpi_no,
        short.owner_id,
        count(brother.result) as count_result,
        count(case when brother.target > 0 then brother.result end) as count_weighted,
        sum(brother.target * case when brother.owner_id = short.owner_id then brother.target else brother.result end)
        / nullif(sum(case when brother.result is not null then brother.target end), 0) as weighted_mean,
        avg(case when brother.owner_id = short.owner_id then brother.target else brother.result end) as plain_mean,
        min(case when brother.owner_id = short.owner_id then brother.target else brother.result end) as min_result,
        max(case when brother.owner_id = short.owner_id then brother.target else brother.result end) as max_result
    from short
    inner join child as brother on short.kpi_no = brother.kpi_no
    where short.roll_up in ('mean', 'min', 'max')
    group by short.kpi_no, short.owner_id
)

select
    row_number() over (order by short.kpi_no, short.owner_id) as attempt_no,
    short.kpi_no,
    short.owner_id,
    short.remaining,
    short.roll_up = 'ratio' as is_by_parts,
    parent.target,
    case short.roll_up
        when 'sum' then parent.result + short.remaining
        when 'ratio' then 100 * (parent.numerator + short.remaining) / parent.denominator
        when 'mean'
            then
                case
                    when together.count_weighted = together.count_result then together.weighted_mean
                    else together.plain_mean
                end
        when 'min' then together.min_result
        when 'max' then together.max_result
    end as result,
    parent.score_year,
    parent.weight,
    parent.level_1,
    parent.level_2,
    parent.level_3,
    parent.level_4,
    parent.level_5
from short
inner join parent on short.kpi_no = parent.kpi_no
left join together on short.kpi_no = together.kpi_no and short.owner_id = together.owner_id
