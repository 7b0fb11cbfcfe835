-- One row per fiscal year, month, owner in force on the month's last day, and KPI it or somebody below it holds.
-- Scores 0..5 and percents unrounded; weights in percent; empty is missing, never zero.
select
    next_level.fiscal_year,
    next_level.month,
    place.owner_id,
    place.owner_kind,
    place.parent_id,
    place.owner_name,
    kpi.work_id,
    work.category,
    kpi.kpi_id,
    kpi.name_th as kpi_name,
    kpi.unit,
    kpi.measure,
    kpi.direction,
    next_level.weight,
    next_level.target,
    next_level.plan,
    next_level.result,
    next_level.numerator,
    next_level.denominator,
    next_level.source,
    next_level.due_entries,
    next_level.reported_entries,
    next_level.achievement_pct,
    next_level.progress_pct,
    next_level.gap,
    next_level.score_year,
    next_level.score_period,
    next_level.score_year * next_level.weight / 100 as weighted_year,
    next_level.score_period * next_level.weight / 100 as weighted_period,
    (5 - next_level.score_year) * next_level.weight / 100 as lost_points_year,
    (5 - next_level.score_period) * next_level.weight / 100 as lost_points_period,
    next_level.status,
    case
        when
            kpi.direction = 'up' and kpi.measure = 'count' and next_level.month < 12
            and round(next_level.target - next_level.result, 10) > 0
            then (next_level.target - next_level.result) / (12 - next_level.month)
    end as needed_per_month,
    next_level.next_level_gap,
    case
        when
            kpi.direction = 'up' and kpi.entry = 'increment' and next_level.month >= 3 and next_level.phasing >= 0.1
            then next_level.result / next_level.phasing
    end as projection,
    case when next_level.computed_year is not null then next_level.override_reason end as override_reason,
    next_level.computed_year,
    next_level.computed_period,
    next_level.plan_score_year,
    next_level.plan_score_period,
    next_level.next_level,
    kpi.scoring,
    kpi.scale_basis,
    next_level.phasing,
    next_level.prescribed,
    next_level.level_1,
    next_level.level_2,
    next_level.level_3,
    next_level.level_4,
    next_level.level_5,
    place.sort_order,
    next_level.kpi_no,
    next_level.cell
from next_level
left join place on next_level.slot = place.slot
left join kpi on next_level.kpi_no = kpi.kpi_no
left join current_works as work on kpi.fiscal_year = work.fiscal_year and kpi.work_id = work.work_id
