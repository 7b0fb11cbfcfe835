-- One row per KPI, owner and month (cell) of the scorecard: target, plan, result, achievement, progress, gap, weight,
-- coverage and status, with the scale (anchors L1..L5) that will score it. Percents 0..100 and beyond, uncapped.
-- Figures only: the words stand with the KPI and the place.
with counted as (
    select
        *,
        sum(count_due) over through_month as due_entries,
        sum(count_reported) over through_month as reported_entries
    from node
    window through_month as (partition by kpi_no, owner_no order by month)
),

planned as (
    select
        counted.cell,
        counted.owner_no * 1000000 + counted.fiscal_year * 100 + counted.month as slot,
        counted.kpi_no,
        counted.owner_no,
        counted.fiscal_year,
        counted.month,
        counted.version_no,
        kpi.direction,
        kpi.frequency,
        counted.target,
        counted.result,
        counted.numerator,
        counted.denominator,
        counted.source,
        counted.is_due,
        counted.is_without_cases,
        cast(counted.due_entries as int) as due_entries,
        cast(counted.reported_entries as int) as reported_entries,
        case
            when weight.owner_no is not null then round(weight.factor * version.weight, 10)
            when coalesce(version.is_end, false) then null
            else kpi.default_weight
        end as weight,
        version.prescribed,
        coalesce(version.plan_no, kpi.plan_no) as plan_no,
        case when version.has_levels then version.level_1 else kpi.level_1 end as level_1,
        case when version.has_levels then version.level_2 else kpi.level_2 end as level_2,
        case when version.has_levels then version.level_3 else kpi.level_3 end as level_3,
        case when version.has_levels then version.level_4 else kpi.level_4 end as level_4,
        case when version.has_levels then version.level_5 else kpi.level_5 end as level_5
    from counted
    left join version on counted.version_no = version.version_no
    left join weight
        on
            counted.fiscal_year = weight.fiscal_year
            and counted.month = weight.month
            and counted.owner_no = weight.owner_no
    left join kpi on counted.kpi_no = kpi.kpi_no
    where counted.is_row
),

compared as (
    select
        planned.*,
        phasing.phasing,
        planned.target * phasing.phasing as plan,
        case
            when planned.target = 0 and planned.direction = 'up' and round(planned.result, 10) >= 0 then 100
            when planned.target = 0 and planned.direction = 'down' and round(planned.result, 10) <= 0 then 100
            when planned.target = 0 and planned.result is not null then 0
            when planned.direction = 'up' then 100 * planned.result / nullif(planned.target, 0)
            when planned.result is not null and planned.target is not null
                then greatest(0, 100 * (2 - planned.result / planned.target))
        end as achievement_pct
    from planned
    left join phasing on planned.plan_no = phasing.plan_no and planned.month = phasing.month
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
    progressed.cell,
    progressed.slot,
    progressed.kpi_no,
    progressed.fiscal_year,
    progressed.month,
    progressed.version_no,
    progressed.weight,
    progressed.prescribed,
    progressed.target,
    progressed.phasing,
    progressed.plan,
    progressed.result,
    progressed.numerator,
    progressed.denominator,
    progressed.source,
    progressed.is_due,
    progressed.due_entries,
    progressed.reported_entries,
    progressed.achievement_pct,
    progressed.progress_pct,
    progressed.gap,
    case
        when progressed.target is null then 'no_target'
        when progressed.phasing = 0 then 'not_due'
        when progressed.is_without_cases then 'not_applicable'
        when progressed.result is null
            then
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
    progressed.level_1,
    progressed.level_2,
    progressed.level_3,
    progressed.level_4,
    progressed.level_5
from progressed
cross join setting
