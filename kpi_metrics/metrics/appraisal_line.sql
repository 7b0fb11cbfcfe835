-- One row per fiscal year, month, person (slot) and KPI (cell) that it answers for in the round in which the month
-- lies, as it stands at that month: its own, and those of the office that it leads. Result and plan are those scored:
-- through the month, or of months 7..month where the round counts its own (first_month 7). computed: 0..5 before an
-- override; score: what enters the total by its weight. A KPI excluded from the person's round has no score.
with round_2 as (
    select
        own_round_2.*,
        score.score
    from own_round_2
    left join score on own_round_2.cell = score.cell and score.score_view = 'round_2'
),

excluded as (
    select
        kpi.kpi_no * 1000000 + owner.owner_no as series,
        exclusion.round
    from current_exclusions as exclusion
    inner join kpi on exclusion.fiscal_year = kpi.fiscal_year and exclusion.kpi_id = kpi.kpi_id
    inner join owner on exclusion.owner_id = owner.owner_id
),

lines as (
    select
        assessed.fiscal_year,
        assessed.month,
        assessed.slot,
        standing.cell,
        excluded.series is not null as is_excluded,
        round_2.cell is not null as is_own_months,
        standing.weight,
        standing.override_score,
        case when round_2.cell is null then standing.status else round_2.status end as status,
        case when round_2.cell is null then standing.plan else round_2.plan end as plan,
        case when round_2.cell is null then standing.result else round_2.result end as result,
        case when round_2.cell is null then standing.computed_period else round_2.score end as computed,
        case when kpi.measure = 'milestone' or kpi.scoring = 'step' then 0 else setting.score_floor end as worst_score
    from standing
    inner join assessed on standing.slot = assessed.holder_slot
    left join kpi on standing.kpi_no = kpi.kpi_no
    left join excluded
        on
            standing.kpi_no * 1000000 + assessed.owner_no = excluded.series
            and case when assessed.month <= 6 then 1 else 2 end = excluded.round
    left join round_2 on standing.cell = round_2.cell
    cross join setting
)

select
    fiscal_year,
    month,
    slot,
    cell,
    case when is_own_months then 7 else 1 end as first_month,
    case when is_excluded then 'excluded' else status end as status,
    weight,
    plan,
    result,
    computed,
    case when computed is not null and not is_excluded then coalesce(override_score, computed) end as score,
    case when status = 'not_reported' and not is_excluded then worst_score end as worst_score
from lines
