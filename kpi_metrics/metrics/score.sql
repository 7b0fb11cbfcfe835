-- One row per KPI, owner and month (cell) and view with a score: 0..5, unrounded.
-- Views: year (the result as it is), period (as if at this pace to the year's end), round_2 (months 7..12 of a person);
-- plan_year and plan_period: what a result exactly on plan would score.
with attempts as (
    select
        cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
        'year' as score_view, result, result as pace
    from measured
    where status in ('on_plan', 'watch', 'behind')
    union all
    select
        cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
        'period' as score_view, result, result / phasing as pace
    from measured
    where status in ('on_plan', 'watch', 'behind')
    union all
    select
        cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
        'plan_year' as score_view, plan as result, plan as pace
    from measured
    where status in ('on_plan', 'watch', 'behind')
    union all
    select
        cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
        'plan_period' as score_view, plan as result, target as pace
    from measured
    where status in ('on_plan', 'watch', 'behind')
    union all
    select
        measured.cell, measured.kpi_no, measured.target,
        measured.level_1, measured.level_2, measured.level_3, measured.level_4, measured.level_5,
        'round_2' as score_view, own_round_2.result, own_round_2.result / own_round_2.phasing as pace
    from measured
    inner join own_round_2 on measured.cell = own_round_2.cell
    where own_round_2.phasing > 0 and own_round_2.result is not null and measured.target is not null
),

-- falling scales are read upside down, so that more is always better
scaled as (
    select
        attempts.cell,
        attempts.score_view,
        attempts.pace,
        kpi.measure,
        kpi.scoring,
        case kpi.direction when 'up' then 1 else -1 end as sign,
        case
            when kpi.scale_basis = 'absolute' then round(attempts.pace, 10)
            when attempts.target > 0 then round(100 * attempts.pace / attempts.target, 10)
            when kpi.direction = 'up' and round(attempts.result, 10) >= 0 then 100
            when kpi.direction = 'down' and round(attempts.result, 10) <= 0 then 100
        end as x,
        attempts.level_1,
        attempts.level_2,
        attempts.level_3,
        attempts.level_4,
        attempts.level_5
    from attempts
    inner join kpi on attempts.kpi_no = kpi.kpi_no
),

rising as (
    select
        cell,
        score_view,
        pace,
        measure,
        scoring,
        sign * x as reached,
        sign * level_1 as anchor_1,
        sign * level_2 as anchor_2,
        sign * level_3 as anchor_3,
        sign * level_4 as anchor_4,
        sign * level_5 as anchor_5
    from scaled
),

between_anchors as (
    select
        *,
        case
            when anchor_5 <= reached then 5
            when anchor_4 <= reached then 4
            when anchor_3 <= reached then 3
            when anchor_2 <= reached then 2
            when anchor_1 <= reached then 1
        end as level_below,
        case
            when anchor_5 <= reached then anchor_5
            when anchor_4 <= reached then anchor_4
            when anchor_3 <= reached then anchor_3
            when anchor_2 <= reached then anchor_2
            when anchor_1 <= reached then anchor_1
        end as anchor_below,
        case
            when anchor_1 > reached then 1
            when anchor_2 > reached then 2
            when anchor_3 > reached then 3
            when anchor_4 > reached then 4
            when anchor_5 > reached then 5
        end as level_above,
        case
            when anchor_1 > reached then anchor_1
            when anchor_2 > reached then anchor_2
            when anchor_3 > reached then anchor_3
            when anchor_4 > reached then anchor_4
            when anchor_5 > reached then anchor_5
        end as anchor_above
    from rising
)

select
    between_anchors.cell,
    between_anchors.score_view,
    cast(case
        when between_anchors.measure = 'milestone' then least(5, between_anchors.pace)
        when between_anchors.scoring = 'step' then coalesce(between_anchors.level_below, 0)
        when between_anchors.level_below is null then setting.score_floor
        when between_anchors.level_above is null then between_anchors.level_below
        else
            between_anchors.level_below
            + (between_anchors.reached - between_anchors.anchor_below)
            / (between_anchors.anchor_above - between_anchors.anchor_below)
            * (between_anchors.level_above - between_anchors.level_below)
    end as double) as score
from between_anchors
cross join setting
