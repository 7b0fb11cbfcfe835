-- One row per target version of a KPI of an owner (series), with what it leaves blank taken from the one before.
-- The 12 plan months go together, and so do the levels. plan_no: the plan it follows, its own, an earlier version's or
-- the KPI's. is_end: target 0 and weight 0, the KPI is held no more; it has no weight and hands none on.
with numbered as (
    select
        targets.fiscal_year,
        targets.kpi_id,
        targets.owner_id,
        targets.from_date,
        targets.target,
        case when not (targets.target = 0 and coalesce(targets.weight = 0, false)) then targets.weight end as weight,
        targets.target = 0 and coalesce(targets.weight = 0, false) as is_end,
        targets.prescribed,
        targets.plan_m12,
        targets.level_1,
        targets.level_2,
        targets.level_3,
        targets.level_4,
        targets.level_5,
        kpi.kpi_no,
        owner.owner_no,
        kpi.kpi_no * 1000000 + owner.owner_no as series,
        kpi.plan_no as kpi_plan_no,
        row_number() over (
            partition by targets.fiscal_year, targets.kpi_id, targets.owner_id order by targets.from_date
        ) as version
    from current_targets as targets
    inner join kpi on targets.fiscal_year = kpi.fiscal_year and targets.kpi_id = kpi.kpi_id
    inner join owner on targets.owner_id = owner.owner_id
),

sourced as (
    select
        *,
        lead(from_date) over chain as next_from_date,
        max(case when weight is not null then version end) over chain as weight_version,
        max(case when prescribed is not null then version end) over chain as prescribed_version,
        max(case when plan_m12 is not null then version end) over chain as plan_version,
        max(case when coalesce(level_1, level_2, level_3, level_4, level_5) is not null then version end) over chain
            as level_version
    from numbered
    window chain as (partition by series order by version)
)

select
    sourced.series * 1000 + sourced.version as version_no,
    sourced.series,
    sourced.fiscal_year,
    sourced.kpi_id,
    sourced.owner_id,
    sourced.kpi_no,
    sourced.owner_no,
    sourced.version,
    sourced.from_date,
    sourced.next_from_date,
    sourced.target,
    case when not sourced.is_end then weighing.weight end as weight,
    sourced.is_end,
    prescribing.prescribed,
    levelling.level_1,
    levelling.level_2,
    levelling.level_3,
    levelling.level_4,
    levelling.level_5,
    sourced.level_version is not null as has_levels,
    coalesce(sourced.series * 1000 + sourced.plan_version, sourced.kpi_plan_no) as plan_no
from sourced
left join numbered as weighing
    on sourced.series = weighing.series and sourced.weight_version = weighing.version
left join numbered as prescribing
    on sourced.series = prescribing.series and sourced.prescribed_version = prescribing.version
left join numbered as levelling
    on sourced.series = levelling.series and sourced.level_version = levelling.version
