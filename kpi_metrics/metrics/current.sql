-- One row per key of an input table: the newest import of it that is not voided. {table}, {key} are the code's own names.
with ranked as (
    select
        source.*,
        live_batch.batch_id,
        live_batch.recorded_at,
        row_number() over (partition by {key} order by source.batch_seq desc, source.row_seq desc) as nth
    from ledger.{table} as source
    inner join live_batch on source.batch_seq = live_batch.seq
)

select *
from ranked
where nth = 1
