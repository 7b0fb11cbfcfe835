-- The columns of ancestor, without a row: where the way down the tree begins.
select
    cast(null as bigint) as slot,
    cast(null as bigint) as ancestor_no
where false
