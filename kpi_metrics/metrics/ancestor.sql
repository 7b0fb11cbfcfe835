-- Run once per depth of the tree, from the top: one row per owner at this depth in a month (slot) and each owner above
-- it on the month's last day.
with here as (
    select
        place.slot,
        place.parent_no,
        place.parent_no * 1000000 + place.fiscal_year * 100 + place.month as parent_slot
    from place
    inner join owner on place.owner_id = owner.owner_id
    inner join depth on owner.depth = depth.depth
    where place.parent_no is not null
)

select
    slot,
    parent_no as ancestor_no
from here
union all
select
    here.slot,
    ancestor.ancestor_no
from here
inner join ancestor on here.parent_slot = ancestor.slot
