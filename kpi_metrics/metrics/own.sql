-- One row per KPI, owner and month (cell) that the owner itself gives a row: it has a target version in the year, or an
-- own entry through the month. With them the version in force and whether the month is one to report in.
with held as (
    select
        coalesce(commitment.cell, own_result.cell) as cell,
        coalesce(commitment.kpi_no, own_result.kpi_no) as kpi_no,
        coalesce(commitment.owner_no, own_result.owner_no) as owner_no,
        coalesce(commitment.fiscal_year, own_result.fiscal_year) as fiscal_year,
        coalesce(commitment.month, own_result.month) as month,
        commitment.version_no,
        commitment.target,
        commitment.phasing,
        commitment.first_full_month,
        own_result.cell is not null as has_own_entry,
        coalesce(own_result.is_reported, false) as is_reported,
        own_result.result,
        own_result.numerator,
        own_result.denominator
    from commitment
    full join own_result on commitment.cell = own_result.cell
)

select
    held.cell,
    held.kpi_no,
    held.owner_no,
    owner.depth,
    held.fiscal_year,
    held.month,
    held.version_no,
    held.target,
    held.target is not null and place.slot is not null as is_holder,
    coalesce(
        held.target is not null
        and place.slot is not null
        and held.phasing > 0
        and case kpi.frequency
            when 'monthly' then true
            when 'quarterly' then held.month % 3 = 0
            when 'half' then held.month % 6 = 0
            when 'yearly' then held.month = held.first_full_month
            else false
        end,
        false
    ) as is_asked,
    held.has_own_entry,
    held.is_reported,
    held.result,
    held.numerator,
    held.denominator
from held
left join place on place.slot = held.owner_no * 1000000 + held.fiscal_year * 100 + held.month
left join kpi on held.kpi_no = kpi.kpi_no
left join owner on held.owner_no = owner.owner_no
