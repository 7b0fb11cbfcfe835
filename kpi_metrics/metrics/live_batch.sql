-- One row per batch imported at or before the moment asked for and not voided at that moment.
with decisions as (
    select
        voids.batch_seq,
        voids.is_voided,
        row_number() over (partition by voids.batch_seq order by voids.seq desc) as nth
    from ledger.voids as voids
    cross join as_of
    where voids.done_at <= as_of.moment
)

select
    batches.seq,
    batches.batch_id,
    batches.recorded_at
from ledger.batches as batches
cross join as_of
left join decisions on batches.seq = decisions.batch_seq and decisions.nth = 1
where batches.recorded_at <= as_of.moment and not coalesce(decisions.is_voided, false)
