-- One row per KPI, owner and month (cell) of a year in which the owner has a target version of its own: the version in
-- force on the month's last day, with its target and plan. They are empty before the first version begins; of one that
-- ends the KPI for its owner there is no target.
with followed as (
    select
        version.series * 100 + month.month as cell,
        version.kpi_no,
        version.owner_no,
        month.fiscal_year,
        month.month,
        case when version.from_date <= month.last_day then version.version_no end as version_no,
        case when version.from_date <= month.last_day and not version.is_end then version.target end as target,
        version.plan_no
    from version
    inner join month
        on
            version.fiscal_year = month.fiscal_year
            and (version.version = 1 or version.from_date <= month.last_day)
            and (version.next_from_date is null or version.next_from_date > month.last_day)
)

select
    followed.cell,
    followed.kpi_no,
    followed.owner_no,
    followed.fiscal_year,
    followed.month,
    followed.version_no,
    followed.target,
    phasing.phasing,
    phasing.first_full_month
from followed
left join phasing on followed.plan_no = phasing.plan_no and followed.month = phasing.month
