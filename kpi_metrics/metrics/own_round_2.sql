-- One row per fiscal year, person and count KPI reported by increments: what months 7..12 brought against their share
-- of the plan. This is what round 2 scores in place of the period view at month 12.
with second_half as (
    select
        fiscal_year,
        owner_id,
        kpi_id,
        sum(value) as result
    from entry
    where month > 6
    group by fiscal_year, owner_id, kpi_id
),

midyear as (
    select
        version.fiscal_year,
        version.owner_id,
        version.kpi_id,
        phasing.phasing
    from version
    inner join phasing
        on
            version.fiscal_year = phasing.fiscal_year
            and version.kpi_id = phasing.kpi_id
            and phasing.owner_id = case when version.plan_version = 0 then '' else version.owner_id end
            and version.plan_version = phasing.version
            and phasing.month = 6
    inner join month on version.fiscal_year = month.fiscal_year and month.month = 12
    where
        version.from_date <= month.last_day
        and (version.next_from_date is null or version.next_from_date > month.last_day)
)

select
    measured.fiscal_year,
    measured.month,
    measured.owner_id,
    measured.kpi_id,
    second_half.result,
    measured.phasing - midyear.phasing as phasing
from measured
inner join place
    on
        measured.fiscal_year = place.fiscal_year
        and measured.month = place.month
        and measured.owner_id = place.owner_id
inner join midyear
    on
        measured.fiscal_year = midyear.fiscal_year
        and measured.owner_id = midyear.owner_id
        and measured.kpi_id = midyear.kpi_id
left join second_half
    on
        measured.fiscal_year = second_half.fiscal_year
        and measured.owner_id = second_half.owner_id
        and measured.kpi_id = second_half.kpi_id
where
    measured.month = 12
    and measured.measure = 'count'
    and measured.entry = 'increment'
    and place.owner_kind = 'person'
