-- One row per fiscal year, month, person in force on the month's last day (slot) and holder of KPIs it answers for
-- (holder_slot): the office that it leads, if any, and itself.
select
    fiscal_year,
    month,
    owner_no,
    slot,
    slot as holder_slot,
    owner_no as holder_no,
    false as is_led
from place
where owner_kind = 'person'
union all
select
    person.fiscal_year,
    person.month,
    person.owner_no,
    person.slot,
    office.slot as holder_slot,
    office.owner_no as holder_no,
    true as is_led
from place as person
inner join place as office
    on
        person.fiscal_year = office.fiscal_year
        and person.month = office.month
        and person.leads = office.owner_id
where person.owner_kind = 'person'
