-- One row per KPI, owner and month (cell) with a target version of the owner's own in force on the month's last day.
select
    version.series * 100 + month.month as cell,
    version.series,
    version.kpi_no,
    version.owner_no,
    month.fiscal_year,
    month.month,
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
        version.kpi_no = phasing.kpi_no
        and phasing.series = case when version.plan_version = 0 then 0 else version.series end
        and version.plan_version = phasing.version
        and month.month = phasing.month
