-- One row per attempt (cell and view): 0..5, unrounded. The one rule that makes a result a score.

-- falling scales are read upside down, so that more is always better
with scaled as (
    select
        attempt.cell,
        attempt.score_view,
        attempt.pace,
        kpi.measure,
        kpi.scoring,
        case kpi.direction when 'up' then 1 else -1 end as sign,
        case
            when kpi.scale_basis = 'absolute' then round(attempt.pace, 10)
            when attempt.target > 0 then round(100 * attempt.pace / attempt.target, 10)
            when kpi.direction = 'up' and round(attempt.result, 10) >= 0 then 100
            when kpi.direction = 'down' and round(attempt.result, 10) <= 0 then 100
        end as x,
        attempt.level_1,
        attempt.level_2,
        attempt.level_3,
        attempt.level_4,
        attempt.level_5
    from attempt
    inner join kpi on attempt.kpi_no = kpi.kpi_no
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
