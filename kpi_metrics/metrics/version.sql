-- One row per target version (fiscal year, KPI, owner, from_date), with what it leaves blank taken from the one before.
-- The 12 plan months go together, and so do the levels.
with chained as (
    select
        *,
        row_number() over chain as version,
        lead(from_date) over chain as next_from_date,
        count(weight) over chain as weight_run,
        count(prescribed) over chain as prescribed_run,
        count(plan_m12) over chain as plan_run,
        count(coalesce(level_1, level_2, level_3, level_4, level_5)) over chain as level_run
    from current_targets
    window chain as (partition by fiscal_year, kpi_id, owner_id order by from_date)
)

select
    fiscal_year,
    kpi_id,
    owner_id,
    version,
    from_date,
    next_from_date,
    target,
    max(weight) over (partition by fiscal_year, kpi_id, owner_id, weight_run) as weight,
    max(prescribed) over (partition by fiscal_year, kpi_id, owner_id, prescribed_run) as prescribed,
    max(level_1) over level_source as level_1,
    max(level_2) over level_source as level_2,
    max(level_3) over level_source as level_3,
    max(level_4) over level_source as level_4,
    max(level_5) over level_source as level_5,
    level_run > 0 as has_levels,
    -- the version whose plan this one follows; 0: the KPI's
    coalesce(max(case when plan_m12 is not null then version end) over plan_source, 0) as plan_version
from chained
window
    level_source as (partition by fiscal_year, kpi_id, owner_id, level_run),
    plan_source as (partition by fiscal_year, kpi_id, owner_id, plan_run)
