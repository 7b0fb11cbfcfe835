-- One row per KPI, owner and month with a current entry: what was last reported for that month and not withdrawn.
-- series numbers a KPI of an owner, cell one month of it. first_recorded_at: when a figure for the month first came in.
with told as (
    select
        results.*,
        kpi.kpi_no,
        owner.owner_no,
        kpi.kpi_no * 1000000 + owner.owner_no as series,
        results.batch_seq * 1000000000 + results.row_seq as told_no,
        live_batch.batch_id,
        live_batch.recorded_at
    from ledger.results as results
    inner join live_batch on results.batch_seq = live_batch.seq
    inner join kpi on results.fiscal_year = kpi.fiscal_year and results.kpi_id = kpi.kpi_id
    inner join owner on results.owner_id = owner.owner_id
),

newest as (
    select
        series,
        month,
        max(told_no) as told_no,
        min(case when not is_withdrawn then recorded_at end) as first_recorded_at
    from told
    group by series, month
)

select
    told.series * 100 + told.month as cell,
    told.series,
    told.kpi_no,
    told.owner_no,
    told.fiscal_year,
    told.month,
    told.owner_id,
    told.kpi_id,
    told.value,
    told.numerator,
    told.denominator,
    told.note,
    told.problem,
    told.remedy,
    told.evidence_url,
    told.reported_by,
    told.reported_at,
    told.batch_id,
    told.recorded_at,
    newest.first_recorded_at,
    told.file,
    told.sheet,
    told.row
from told
inner join newest on told.told_no = newest.told_no
where not told.is_withdrawn
