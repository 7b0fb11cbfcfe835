-- One row per fiscal year, month, owner in force on the month's last day, and KPI it or somebody below it holds.
-- Scores 0..5 and percents unrounded; weights in percent; empty is missing, never zero.
with years as (
    select cell, score
    from score
    where score_view = 'year'
),

periods as (
    select cell, score
    from score
    where score_view = 'period'
),

joined as (
    select
        measured.*,
        place.owner_id,
        place.owner_kind,
        place.parent_id,
        place.owner_name,
        place.sort_order,
        kpi.kpi_id,
        kpi.work_id,
        work.category,
        kpi.name_th as kpi_name,
        kpi.unit,
        weight.weight,
        years.score as computed_year,
        periods.score as computed_period,
        case when years.score is not null then override.score end as override_score,
        case when years.score is not null then override.reason end as override_reason,
        next_level.aim as next_level,
        next_level.next_level_gap
    from measured
    left join weight on measured.cell = weight.cell
    left join years on measured.cell = years.cell
    left join periods on measured.cell = periods.cell
    left join next_level on measured.cell = next_level.cell
    left join place on measured.slot = place.slot
    left join kpi on measured.kpi_no = kpi.kpi_no
    left join current_works as work on kpi.fiscal_year = work.fiscal_year and kpi.work_id = work.work_id
    left join current_overrides as override
        on
            measured.fiscal_year = override.fiscal_year
            and measured.month = override.month
            and place.owner_id = override.owner_id
            and kpi.kpi_id = override.kpi_id
),

finished as (
    select
        *,
        coalesce(override_score, computed_year) as score_year,
        coalesce(override_score, computed_period) as score_period
    from joined
)

select
    fiscal_year,
    month,
    owner_id,
    owner_kind,
    parent_id,
    owner_name,
    work_id,
    category,
    kpi_id,
    kpi_name,
    unit,
    measure,
    direction,
    weight,
    target,
    plan,
    result,
    numerator,
    denominator,
    source,
    due_entries,
    reported_entries,
    achievement_pct,
    progress_pct,
    gap,
    score_year,
    score_period,
    score_year * weight / 100 as weighted_year,
    score_period * weight / 100 as weighted_period,
    (5 - score_year) * weight / 100 as lost_points_year,
    (5 - score_period) * weight / 100 as lost_points_period,
    status,
    needed_per_month,
    next_level_gap,
    projection,
    override_reason,
    computed_year,
    computed_period,
    next_level,
    scoring,
    scale_basis,
    phasing,
    prescribed,
    level_1,
    level_2,
    level_3,
    level_4,
    level_5,
    sort_order,
    kpi_no,
    cell
from finished
