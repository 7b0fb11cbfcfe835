-- One row per fiscal year, month, owner and KPI that the owner itself gives a row: it has a target version in the year,
-- or an own entry through the month. With them the own target in force and whether the month is one to report in.
with held as (
    select distinct
        version.fiscal_year,
        month.month,
        version.owner_id,
        version.kpi_id
    from version
    inner join month on version.fiscal_year = month.fiscal_year
    union
    select
        fiscal_year,
        month,
        owner_id,
        kpi_id
    from own_result
)

select
    held.fiscal_year,
    held.month,
    held.owner_id,
    held.kpi_id,
    commitment.target,
    commitment.target is not null and place.owner_id is not null as is_holder,
    coalesce(
        place.owner_id is not null
        and commitment.phasing > 0
        and case kpi.frequency
            when 'monthly' then true
            when 'quarterly' then held.month % 3 = 0
            when 'half' then held.month % 6 = 0
            when 'yearly' then held.month = commitment.first_full_month
            else false
        end,
        false
    ) as is_asked,
    own_result.owner_id is not null as has_own_entry,
    own_result.result,
    own_result.numerator,
    own_result.denominator
from held
inner join current_kpis as kpi on held.fiscal_year = kpi.fiscal_year and held.kpi_id = kpi.kpi_id
left join place
    on
        held.fiscal_year = place.fiscal_year
        and held.month = place.month
        and held.owner_id = place.owner_id
left join commitment
    on
        held.fiscal_year = commitment.fiscal_year
        and held.month = commitment.month
        and held.owner_id = commitment.owner_id
        and held.kpi_id = commitment.kpi_id
left join own_result
    on
        held.fiscal_year = own_result.fiscal_year
        and held.month = own_result.month
        and held.owner_id = own_result.owner_id
        and held.kpi_id = own_result.kpi_id
