-- One row per KPI, owner and month (cell) of the scorecard: target, plan, result, achievement, progress, gap, coverage and
-- status, with the scale (anchors L1..L5) that will score it. Percents 0..100 and beyond, uncapped.
with counted as (
    select
        cell,
        sum(count_due) over through_month as due_entries,
        sum(count_reported) over through_month as reported_entries
    from node
    window through_month as (partition by kpi_no, owner_no order by month)
),

planned as (
    select
        node.cell,
        node.owner_no * 1000000 + node.fiscal_year * 100 + node.month as slot,
        node.kpi_no,
        node.owner_no,
        node.fiscal_year,
        node.month,
        kpi.measure,
        kpi.direction,
        kpi.entry,
        kpi.frequency,
        kpi.scale_basis,
        kpi.scoring,
        node.target,
        node.result,
        node.numerator,
        node.denominator,
        node.source,
        node.is_without_cases,
        counted.due_entries,
        counted.reported_entries,
        case when commitment.cell is null then phasing.phasing else commitment.phasing end as phasing,
        case when commitment.has_levels then commitment.level_1 else kpi.level_1 end as level_1,
        case when commitment.has_levels then commitment.level_2 else kpi.level_2 end as level_2,
        case when commitment.has_levels then commitment.level_3 else kpi.level_3 end as level_3,
        case when commitment.has_levels then commitment.level_4 else kpi.level_4 end as level_4,
        case when commitment.has_levels then commitment.level_5 else kpi.level_5 end as level_5,
        commitment.prescribed,
        commitment.version
    from node
    left join counted on node.cell = counted.cell
    left join commitment on node.cell = commitment.cell
    left join kpi on node.kpi_no = kpi.kpi_no
    left join phasing
        on node.kpi_no = phasing.kpi_no and phasing.series = 0 and node.month = phasing.month
    where node.is_row
),

compared as (
    select
        *,
        target * phasing as plan,
        case
            when target = 0 and direction = 'up' and round(result, 10) >= 0 then 100
            when target = 0 and direction = 'down' and round(result, 10) <= 0 then 100
            when target = 0 and result is not null then 0
            when direction = 'up' then 100 * result / nullif(target, 0)
            when result is not null and target is not null then greatest(0, 100 * (2 - result / target))
        end as achievement_pct
    from planned
),

progressed as (
    select
        *,
        case
            when phasing = 0 then null
            when target = 0 then achievement_pct
            when direction = 'up' then 100 * result / nullif(plan, 0)
            when result is not null and plan is not null then greatest(0, 100 * (2 - result / plan))
        end as progress_pct,
        case
            when phasing = 0 then null
            when direction = 'up' then result - plan
            else plan - result
        end as gap
    from compared
)

select
    progressed.*,
    case
        when progressed.target is null then 'no_target'
        when progressed.phasing = 0 then 'not_due'
        when progressed.is_without_cases then 'not_applicable'
        when progressed.result is null then
            case
                when progressed.frequency = 'event' then 'not_applicable'
                when progressed.due_entries = 0 then 'not_due'
                else 'not_reported'
            end
        -- 10 decimals first, then 2, half away from zero
        when round(round(100 * progressed.progress_pct, 8)) / 100 >= setting.status_on_plan then 'on_plan'
        when round(round(100 * progressed.progress_pct, 8)) / 100 >= setting.status_watch then 'watch'
        else 'behind'
    end as status,
    case
        when
            progressed.direction = 'up' and progressed.measure = 'count' and progressed.month < 12
            and round(progressed.target - progressed.result, 10) > 0
            then (progressed.target - progressed.result) / (12 - progressed.month)
    end as needed_per_month,
    case
        when
            progressed.direction = 'up' and progressed.entry = 'increment' and progressed.month >= 3
            and progressed.phasing >= 0.1
            then progressed.result / progressed.phasing
    end as projection
from progressed
cross join setting
