-- One row per KPI, owner and month (cell) of the scorecard: what was measured, with the scores of both views, an
-- override standing in place of a computed score. Figures only: scorecard.sql adds the words.
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

plan_years as (
    select cell, score
    from score
    where score_view = 'plan_year'
),

plan_periods as (
    select cell, score
    from score
    where score_view = 'plan_period'
),

overrides as (
    select
        (kpi.kpi_no * 1000000 + owner.owner_no) * 100 + override.month as cell,
        override.score,
        override.reason
    from current_overrides as override
    inner join kpi on override.fiscal_year = kpi.fiscal_year and override.kpi_id = kpi.kpi_id
    inner join owner on override.owner_id = owner.owner_id
),

joined as (
    select
        measured.*,
        years.score as computed_year,
        periods.score as computed_period,
        plan_years.score as plan_score_year,
        plan_periods.score as plan_score_period,
        overrides.score as override_score,
        overrides.reason as override_reason
    from measured
    left join years on measured.cell = years.cell
    left join periods on measured.cell = periods.cell
    left join plan_years on measured.cell = plan_years.cell
    left join plan_periods on measured.cell = plan_periods.cell
    left join overrides on measured.cell = overrides.cell
)

select
    *,
    case when computed_year is not null then coalesce(override_score, computed_year) end as score_year,
    case when computed_year is not null then coalesce(override_score, computed_period) end as score_period
from joined
