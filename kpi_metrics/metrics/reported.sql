-- One row per KPI, owner and month (cell) with a current entry: the figures last reported for that month and not
-- withdrawn. series numbers a KPI of an owner, cell one month of it, told_no the row of the ledger that says so.
-- first_recorded_at: when a figure for the month first came in.
with told as (
    select
        kpi.kpi_no,
        owner.owner_no,
        kpi.kpi_no * 1000000 + owner.owner_no as series,
        results.fiscal_year,
        results.month,
        results.value,
        results.numerator,
        results.denominator,
        results.is_withdrawn,
        results.batch_seq * 1000000000 + results.row_seq as told_no,
        live_batch.recorded_at
    from ledger.results as results
    inner join live_batch on results.batch_seq = live_batch.seq
    inner join kpi on results.fiscal_year = kpi.fiscal_year and results.kpi_id = kpi.kpi_id
    inner join owner on results.owner_id = owner.owner_id
),

newest as (
    select
        series * 100 + month as cell,
        max(told_no) as told_no,
        min(case when not is_withdrawn then recorded_at end) as first_recorded_at
    from told
    group by series * 100 + month
)

select
    newest.cell,
    told.series,
    told.kpi_no,
    told.owner_no,
    told.fiscal_year,
    told.month,
    told.value,
    told.numerator,
    told.denominator,
    newest.told_no,
    newest.first_recorded_at
from told
inner join newest on told.told_no = newest.told_no
where not told.is_withdrawn
