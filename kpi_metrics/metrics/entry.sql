-- One row per KPI, owner and month with a current entry, as it was told: figures, words, and where it came from.
select
    reported.cell,
    reported.series,
    reported.kpi_no,
    reported.owner_no,
    reported.fiscal_year,
    reported.month,
    results.owner_id,
    results.kpi_id,
    reported.value,
    reported.numerator,
    reported.denominator,
    results.note,
    results.problem,
    results.remedy,
    results.evidence_url,
    results.reported_by,
    results.reported_at,
    live_batch.batch_id,
    live_batch.recorded_at,
    reported.first_recorded_at,
    results.file,
    results.sheet,
    results.row
from ledger.results as results
inner join reported on results.batch_seq * 1000000000 + results.row_seq = reported.told_no
inner join live_batch on results.batch_seq = live_batch.seq
