-- One row per fiscal year, round and person with KPIs in it: total of the round (0..5), performance and final (0..100).
-- Final and band stay empty while a weighted KPI is not reported or the behaviour score is missing.
with parts as (
    select
        standing.fiscal_year,
        standing.month / 6 as round,
        place.owner_id,
        kpi.kpi_id,
        standing.weight,
        case
            when own_round_2.cell is null then standing.score_period
            else coalesce(case when score.score is not null then standing.override_score end, score.score)
        end as score,
        case
            when own_round_2.cell is null then standing.status = 'not_reported'
            else own_round_2.phasing > 0 and own_round_2.result is null
        end as is_not_reported
    from standing
    left join own_round_2 on standing.cell = own_round_2.cell
    left join score on standing.cell = score.cell and score.score_view = 'round_2'
    left join place on standing.slot = place.slot
    left join kpi on standing.kpi_no = kpi.kpi_no
    where place.owner_kind = 'person' and standing.month in (6, 12)
),

included as (
    select
        parts.*,
        exclusion.kpi_id is not null as is_excluded,
        case when exclusion.kpi_id is null and parts.score is not null then parts.weight end as counted_weight
    from parts
    left join current_exclusions as exclusion
        on
            parts.fiscal_year = exclusion.fiscal_year
            and parts.round = exclusion.round
            and parts.owner_id = exclusion.owner_id
            and parts.kpi_id = exclusion.kpi_id
),

totals as (
    select
        fiscal_year,
        cast(round as int) as round,
        owner_id,
        cast(sum(cast(score * counted_weight as decimal(38, 10))) as double)
        / nullif(cast(sum(cast(counted_weight as decimal(38, 10))) as double), 0) as score,
        count(case when not is_excluded and is_not_reported and weight > 0 then 1 end) as count_not_reported
    from included
    group by fiscal_year, round, owner_id
),

weighed as (
    select
        totals.fiscal_year,
        totals.round,
        totals.owner_id,
        place.owner_name,
        place.parent_id,
        place.personnel_type,
        totals.score,
        totals.score * 20 as performance,
        behaviour.score as behaviour,
        case place.personnel_type
            when 'civil_servant' then setting.performance_weight_civil_servant
            when 'permanent_employee' then setting.performance_weight_permanent_employee
            else setting.performance_weight_government_employee
        end as performance_weight,
        totals.count_not_reported
    from totals
    inner join place
        on
            totals.fiscal_year = place.fiscal_year
            and totals.round * 6 = place.month
            and totals.owner_id = place.owner_id
    left join current_behaviour as behaviour
        on
            totals.fiscal_year = behaviour.fiscal_year
            and totals.round = behaviour.round
            and totals.owner_id = behaviour.owner_id
    cross join setting
),

concluded as (
    select
        *,
        case
            when count_not_reported = 0
                then
                    (performance * performance_weight + behaviour * (100 - performance_weight)) / 100
        end as final
    from weighed
),

banded as (
    select
        concluded.*,
        band.name_th as band,
        row_number() over (
            partition by concluded.fiscal_year, concluded.round, concluded.owner_id
            order by band.minimum desc nulls last
        ) as nth
    from concluded
    left join band
        on
            concluded.personnel_type = band.personnel_type
            and concluded.fiscal_year = band.valid_year
            and round(round(100 * concluded.final, 8)) / 100 >= band.minimum
)

select
    fiscal_year,
    round,
    owner_id,
    owner_name,
    parent_id,
    personnel_type,
    score,
    performance,
    behaviour,
    performance_weight,
    final,
    band,
    count_not_reported
from banded
where nth = 1
