-- One row per KPI and child of the owner in `sought` that is short of its target, where reaching it raises the owner's
-- total of the year view: gain in points of the total (0..5), and what each remaining unit brings of it.
with gained as (
    select
        lifted.kpi_no,
        lifted.owner_id,
        lifted.remaining,
        lifted.is_by_parts,
        (score.score - lifted.score_year) * lifted.weight / total.weight_evaluated as gain
    from lifted
    inner join score on lifted.attempt_no = score.cell
    cross join sought
    inner join summary as total
        on sought.fiscal_year = total.fiscal_year and sought.month = total.month and sought.owner_id = total.owner_id
)

select
    child.fiscal_year,
    child.month,
    child.kpi_id,
    child.kpi_name,
    child.unit,
    child.owner_id,
    child.owner_name,
    child.owner_kind,
    child.result,
    child.target,
    gained.remaining,
    gained.is_by_parts,
    gained.gain,
    gained.gain / gained.remaining as gain_per_unit,
    child.kpi_no,
    child.sort_order
from gained
cross join sought
inner join scorecard as child
    on
        sought.fiscal_year = child.fiscal_year
        and sought.month = child.month
        and gained.owner_id = child.owner_id
        and gained.kpi_no = child.kpi_no
where round(gained.gain, 10) > 0
