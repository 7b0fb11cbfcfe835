-- One row per fiscal year, month and owner in force on the month's last day: what it is, and its parent that day.
-- slot numbers an owner's month. leads: the office that a person heads.
with offices as (
    select
        month.fiscal_year,
        month.month,
        office.owner_id,
        office.parent_id,
        office.kind as owner_kind,
        office.name_th as owner_name,
        cast(null as string) as personnel_type,
        cast(null as string) as leads,
        office.sort_order
    from month
    inner join current_owners as office
        on
            (office.from_date is null or month.last_day >= office.from_date)
            and (office.to_date is null or month.last_day <= office.to_date)
),

people as (
    select
        month.fiscal_year,
        month.month,
        person.owner_id,
        person.parent_id,
        'person' as owner_kind,
        person.name_th as owner_name,
        person.personnel_type,
        person.leads,
        cast(null as double) as sort_order,
        row_number() over (
            partition by month.fiscal_year, month.month, person.owner_id
            order by person.from_date desc nulls last
        ) as nth
    from month
    inner join current_people as person
        on
            (person.from_date is null or month.last_day >= person.from_date)
            and (person.to_date is null or month.last_day <= person.to_date)
),

placed as (
    select fiscal_year, month, owner_id, parent_id, owner_kind, owner_name, personnel_type, leads, sort_order
    from offices
    union all
    select fiscal_year, month, owner_id, parent_id, owner_kind, owner_name, personnel_type, leads, sort_order
    from people
    where nth = 1
)

select
    placed.*,
    owner.owner_no,
    owner.owner_no * 1000000 + placed.fiscal_year * 100 + placed.month as slot,
    parent.owner_no as parent_no,
    parent.depth as parent_depth
from placed
inner join owner on placed.owner_id = owner.owner_id
left join owner as parent on placed.parent_id = parent.owner_id
