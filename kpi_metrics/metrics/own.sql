-- One row per KPI, owner and month (cell) that the owner itself gives a row: it has a target version in the year, or an
-- own entry through the month. With them the own target in force and whether the month is one to report in.
with held as (
    select distinct
        version.series * 100 + month.month as cell,
        version.kpi_no,
        version.owner_no,
        month.fiscal_year,
        month.month
    from version
    inner join month on version.fiscal_year = month.fiscal_year
    union
    select cell, kpi_no, owner_no, fiscal_year, month
    from own_result
)

select
    held.cell,
    held.kpi_no,
    held.owner_no,
    held.fiscal_year,
    held.month,
    commitment.target,
    commitment.cell is not null and place.slot is not null as is_holder,
    coalesce(
        place.slot is not null
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
    own_result.cell is not null as has_own_entry,
    own_result.result,
    own_result.numerator,
    own_result.denominator
from held
inner join kpi on held.kpi_no = kpi.kpi_no
left join place on place.slot = held.owner_no * 1000000 + held.fiscal_year * 100 + held.month
left join commitment on held.cell = commitment.cell
left join own_result on held.cell = own_result.cell
