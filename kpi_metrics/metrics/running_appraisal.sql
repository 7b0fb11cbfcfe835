-- One row per fiscal year, month and person with KPIs in the round in which the month lies, as it stands at that month:
-- total (0..5) and its bounds, performance and final (0..100). The round ends at months 6 and 12: only there is there a
-- final and a band, and not while a weighted KPI is not reported or the behaviour score is missing.
with weighed as (
    select
        fiscal_year,
        month,
        slot,
        status,
        score,
        worst_score,
        weight,
        case when status <> 'excluded' then weight end as weight_kept,
        case when score is not null then weight end as weight_scored,
        case when status = 'not_reported' then weight end as weight_missing
    from appraisal_line
),

totals as (
    select
        fiscal_year,
        month,
        slot,
        coalesce(cast(sum(cast(weight_kept as decimal(38, 10))) as double), 0) as weight_total,
        coalesce(cast(sum(cast(weight_scored as decimal(38, 10))) as double), 0) as weight_evaluated,
        coalesce(cast(sum(cast(weight_missing as decimal(38, 10))) as double), 0) as weight_missing,
        coalesce(cast(sum(cast(score * weight_scored as decimal(38, 10))) as double), 0) as points,
        coalesce(cast(sum(cast(worst_score * weight_missing as decimal(38, 10))) as double), 0) as points_worst,
        count(case when weight_missing > 0 then 1 end) as count_not_reported
    from weighed
    group by fiscal_year, month, slot
),

scored as (
    select
        *,
        points / nullif(weight_evaluated, 0) as score,
        (points + points_worst) / nullif(weight_evaluated + weight_missing, 0) as score_low,
        (points + 5 * weight_missing) / nullif(weight_evaluated + weight_missing, 0) as score_high
    from totals
),

judged as (
    select
        scored.*,
        case when scored.month <= 6 then 1 else 2 end as round,
        place.owner_id,
        place.owner_name,
        place.parent_id,
        place.personnel_type,
        20 * scored.score as performance,
        behaviour.score as behaviour,
        case place.personnel_type
            when 'civil_servant' then setting.performance_weight_civil_servant
            when 'permanent_employee' then setting.performance_weight_permanent_employee
            else setting.performance_weight_government_employee
        end as performance_weight
    from scored
    inner join place on scored.slot = place.slot
    left join current_behaviour as behaviour
        on
            scored.fiscal_year = behaviour.fiscal_year
            and case when scored.month <= 6 then 1 else 2 end = behaviour.round
            and place.owner_id = behaviour.owner_id
    cross join setting
),

concluded as (
    select
        *,
        case
            when month in (6, 12) and count_not_reported = 0
                then (performance * performance_weight + behaviour * (100 - performance_weight)) / 100
        end as final
    from judged
),

banded as (
    select
        concluded.*,
        band.name_th as band,
        row_number() over (partition by concluded.slot order by band.minimum desc nulls last) as nth
    from concluded
    left join band
        on
            concluded.personnel_type = band.personnel_type
            and concluded.fiscal_year = band.valid_year
            and round(round(100 * concluded.final, 8)) / 100 >= band.minimum
)

select
    fiscal_year,
    month,
    round,
    owner_id,
    owner_name,
    parent_id,
    personnel_type,
    weight_total,
    weight_evaluated,
    score,
    score_low,
    score_high,
    performance,
    behaviour,
    performance_weight,
    final,
    band,
    count_not_reported
from banded
where nth = 1
