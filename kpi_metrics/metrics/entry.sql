-- One row per fiscal year, month, owner and KPI that has a current entry (numbers: what was reported for that month).
-- The newest import decides; a withdrawn entry is none. first_recorded_at: when a figure for the month first came in.
with ranked as (
    select
        results.*,
        live_batch.recorded_at,
        live_batch.batch_id,
        row_number() over (
            partition by results.fiscal_year, results.month, results.owner_id, results.kpi_id
            order by results.batch_seq desc, results.row_seq desc
        ) as nth,
        min(case when not results.is_withdrawn then live_batch.recorded_at end) over (
            partition by results.fiscal_year, results.month, results.owner_id, results.kpi_id
        ) as first_recorded_at
    from ledger.results as results
    inner join live_batch on results.batch_seq = live_batch.seq
)

select
    fiscal_year,
    month,
    owner_id,
    kpi_id,
    value,
    numerator,
    denominator,
    note,
    problem,
    remedy,
    evidence_url,
    reported_by,
    reported_at,
    batch_id,
    recorded_at,
    first_recorded_at,
    file,
    sheet,
    row
from ranked
where nth = 1 and not is_withdrawn
