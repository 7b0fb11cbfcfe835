-- One row per fiscal year, month, owner and KPI with a target version of its own in force on the month's last day.
select
    month.fiscal_year,
    month.month,
    version.owner_id,
    version.kpi_id,
    version.version,
    version.target,
    version.weight,
    version.prescribed,
    version.has_levels,
    version.level_1,
    version.level_2,
    version.level_3,
    version.level_4,
    version.level_5,
    phasing.phasing,
    phasing.first_full_month
from version
inner join month
    on
        version.fiscal_year = month.fiscal_year
        and version.from_date <= month.last_day
        and (version.next_from_date is null or version.next_from_date > month.last_day)
inner join phasing
    on
        version.fiscal_year = phasing.fiscal_year
        and version.kpi_id = phasing.kpi_id
        and phasing.owner_id = case when version.plan_version = 0 then '' else version.owner_id end
        and version.plan_version = phasing.version
        and month.month = phasing.month
