-- One row per KPI, owner and month (cell) of the scorecard: its standing and, below the top of the scale, the next
-- whole level of the year score (under `step` the next given anchor) with the signed change of the result that reaches
-- it. Counts in whole units.
with scored as (
    select
        standing.*,
        kpi.measure,
        kpi.scoring,
        kpi.scale_basis,
        case when standing.target > 0 then standing.computed_year end as score
    from standing
    left join kpi on standing.kpi_no = kpi.kpi_no
),

aimed as (
    select
        *,
        case
            when score is null then null
            when measure = 'milestone' then floor(round(score, 10)) + 1
            when scoring = 'step'
                then
                    case
                        when level_1 is not null and score < 1 then 1
                        when level_2 is not null and score < 2 then 2
                        when level_3 is not null and score < 3 then 3
                        when level_4 is not null and score < 4 then 4
                        when level_5 is not null and score < 5 then 5
                    end
            else greatest(
                floor(round(score, 10)) + 1,
                case
                    when level_1 is not null then 1
                    when level_2 is not null then 2
                    when level_3 is not null then 3
                    else 4
                end
            )
        end as aim
    from scored
),

framed as (
    select
        *,
        case
            when level_5 is not null and aim >= 5 then 5
            when level_4 is not null and aim >= 4 then 4
            when level_3 is not null and aim >= 3 then 3
            when level_2 is not null and aim >= 2 then 2
            else 1
        end as level_below,
        case
            when level_5 is not null and aim >= 5 then level_5
            when level_4 is not null and aim >= 4 then level_4
            when level_3 is not null and aim >= 3 then level_3
            when level_2 is not null and aim >= 2 then level_2
            else level_1
        end as anchor_below,
        case
            when level_1 is not null and aim <= 1 then 1
            when level_2 is not null and aim <= 2 then 2
            when level_3 is not null and aim <= 3 then 3
            when level_4 is not null and aim <= 4 then 4
            when level_5 is not null and aim <= 5 then 5
        end as level_above,
        case
            when level_1 is not null and aim <= 1 then level_1
            when level_2 is not null and aim <= 2 then level_2
            when level_3 is not null and aim <= 3 then level_3
            when level_4 is not null and aim <= 4 then level_4
            when level_5 is not null and aim <= 5 then level_5
        end as anchor_above
    from aimed
),

changed as (
    select
        *,
        case
            when measure = 'milestone' then case when aim <= 5 then aim end
            else
                (
                    anchor_below
                    + coalesce((aim - level_below) / nullif(cast(level_above - level_below as double), 0), 0)
                    * (anchor_above - anchor_below)
                )
                * case when scale_basis = 'percent_of_target' then target / 100 else 1 end
        end - result as change
    from framed
)

select
    *,
    case when change is not null then aim end as next_level,
    case
        when measure = 'count' and change > 0 then ceil(round(change, 10))
        when measure = 'count' then floor(round(change, 10))
        else change
    end as next_level_gap
from changed
