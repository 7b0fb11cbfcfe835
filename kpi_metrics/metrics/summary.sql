-- One row per fiscal year, month and owner with a scorecard row: total (0..5), bounds and rank in both views, evaluated
-- weight, counts by status. Counts include KPIs without weight. Rank among siblings of the same parent and kind.
with worst as (
    select
        standing.*,
        case when standing.score_year is not null then standing.weight end as weight_scored,
        case when standing.status = 'not_reported' then standing.weight end as weight_missing,
        case
            when standing.status <> 'not_reported' then null
            when kpi.measure = 'milestone' or kpi.scoring = 'step' then 0
            else setting.score_floor
        end as worst_score
    from standing
    left join kpi on standing.kpi_no = kpi.kpi_no
    cross join setting
),

totals as (
    select
        slot,
        count(*) as kpi_count,
        coalesce(cast(sum(cast(weight as decimal(38, 10))) as double), 0) as weight_total,
        cast(sum(cast(weight_scored as decimal(38, 10))) as double) as weight_scored,
        cast(sum(cast(weight_missing as decimal(38, 10))) as double) as weight_missing,
        cast(sum(cast(score_year * weight as decimal(38, 10))) as double) as points_year,
        cast(sum(cast(score_period * weight as decimal(38, 10))) as double) as points_period,
        cast(sum(cast(plan_score_year * weight as decimal(38, 10))) as double) as points_plan_year,
        cast(sum(cast(plan_score_period * weight as decimal(38, 10))) as double) as points_plan_period,
        cast(sum(cast(worst_score * weight as decimal(38, 10))) as double) as points_worst,
        count(case when status = 'on_plan' then 1 end) as count_on_plan,
        count(case when status = 'watch' then 1 end) as count_watch,
        count(case when status = 'behind' then 1 end) as count_behind,
        count(case when status = 'not_reported' then 1 end) as count_not_reported,
        count(case when status = 'not_due' then 1 end) as count_not_due,
        count(case when status = 'no_target' then 1 end) as count_no_target,
        count(case when status = 'not_applicable' then 1 end) as count_not_applicable
    from worst
    group by slot
),

bounded as (
    select
        totals.*,
        place.fiscal_year,
        place.month,
        place.owner_id,
        place.owner_kind,
        place.parent_id,
        place.owner_name,
        place.personnel_type,
        place.sort_order,
        coalesce(totals.weight_scored, 0) as weight_evaluated,
        totals.points_year / nullif(totals.weight_scored, 0) as score_year,
        totals.points_period / nullif(totals.weight_scored, 0) as score_period,
        totals.points_plan_year / nullif(totals.weight_scored, 0) as plan_score_year,
        totals.points_plan_period / nullif(totals.weight_scored, 0) as plan_score_period,
        (coalesce(totals.points_year, 0) + coalesce(totals.points_worst, 0))
        / nullif(coalesce(totals.weight_scored, 0) + coalesce(totals.weight_missing, 0), 0) as score_low_year,
        (coalesce(totals.points_period, 0) + coalesce(totals.points_worst, 0))
        / nullif(coalesce(totals.weight_scored, 0) + coalesce(totals.weight_missing, 0), 0) as score_low_period,
        (coalesce(totals.points_year, 0) + 5 * coalesce(totals.weight_missing, 0))
        / nullif(coalesce(totals.weight_scored, 0) + coalesce(totals.weight_missing, 0), 0) as score_high_year,
        (coalesce(totals.points_period, 0) + 5 * coalesce(totals.weight_missing, 0))
        / nullif(coalesce(totals.weight_scored, 0) + coalesce(totals.weight_missing, 0), 0) as score_high_period
    from totals
    inner join place on totals.slot = place.slot
),

eligible as (
    select
        bounded.*,
        coalesce(
            bounded.score_low_year is not null
            and round(100 * bounded.weight_evaluated / nullif(bounded.weight_total, 0), 10)
            >= setting.rank_min_evaluated,
            false
        ) as is_ranked,
        round(round(10000 * bounded.score_low_year, 6)) as rank_key_year,
        round(round(10000 * bounded.score_low_period, 6)) as rank_key_period
    from bounded
    cross join setting
),

ranked as (
    select
        *,
        case
            when is_ranked
                then
                    rank() over (
                        partition by fiscal_year, month, parent_id, owner_kind, is_ranked order by rank_key_year desc
                    )
        end as rank_year,
        case
            when is_ranked
                then
                    rank() over (
                        partition by fiscal_year, month, parent_id, owner_kind, is_ranked order by rank_key_period desc
                    )
        end as rank_period
    from eligible
)

select
    ranked.fiscal_year,
    ranked.month,
    ranked.owner_id,
    ranked.owner_kind,
    ranked.parent_id,
    ranked.owner_name,
    ranked.kpi_count,
    ranked.weight_total,
    ranked.weight_evaluated,
    ranked.score_year,
    ranked.score_period,
    ranked.plan_score_year,
    ranked.plan_score_period,
    20 * ranked.score_year as percent_year,
    20 * ranked.score_period as percent_period,
    ranked.score_low_year,
    ranked.score_low_period,
    ranked.score_high_year,
    ranked.score_high_period,
    ranked.count_on_plan,
    ranked.count_watch,
    ranked.count_behind,
    ranked.count_not_reported,
    ranked.count_not_due,
    ranked.count_no_target,
    ranked.count_not_applicable,
    ranked.rank_year,
    ranked.rank_period,
    appraisal.band,
    ranked.personnel_type,
    ranked.sort_order
from ranked
left join appraisal
    on
        ranked.fiscal_year = appraisal.fiscal_year
        and ranked.month = appraisal.round * 6
        and ranked.owner_id = appraisal.owner_id
