-- One row per fiscal year, month, check, owner and KPI (none where the check is of an owner's whole set): what does not
-- add up or is not linked in the cascade, as it stands on the month's last day.
-- own and children: the two figures compared; difference: how far what is checked is off. All unrounded.
with faults as (
    select
        fault,
        slot,
        kpi_no,
        fiscal_year,
        month,
        own,
        children,
        difference
    from allocation
    union all
    select
        fault,
        slot,
        kpi_no,
        fiscal_year,
        month,
        own,
        cast(null as double) as children,
        cast(null as double) as difference
    from handing_down
    union all
    select
        fault,
        slot,
        cast(null as bigint) as kpi_no,
        fiscal_year,
        month,
        own,
        cast(null as double) as children,
        difference
    from kpi_set
)

select
    faults.fiscal_year,
    faults.month,
    faults.fault as "check",
    place.owner_id,
    place.owner_name,
    place.owner_kind,
    place.parent_id,
    kpi.kpi_id,
    kpi.name_th as kpi_name,
    kpi.unit,
    faults.own,
    faults.children,
    faults.difference,
    place.sort_order,
    faults.kpi_no
from faults
inner join place on faults.slot = place.slot
left join kpi on faults.kpi_no = kpi.kpi_no
