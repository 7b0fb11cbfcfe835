-- One row per key of an input table: the newest import of it that is not voided.
-- The table and its key are filled in, for each input table in turn.
with newest as (
    select max(source.batch_seq * 1000000000 + source.row_seq) as told_no
    from ledger.{table} as source
    inner join live_batch on source.batch_seq = live_batch.seq
    group by {key}
)

select
    source.*,
    live_batch.batch_id,
    live_batch.recorded_at
from ledger.{table} as source
inner join live_batch on source.batch_seq = live_batch.seq
inner join newest on source.batch_seq * 1000000000 + source.row_seq = newest.told_no
