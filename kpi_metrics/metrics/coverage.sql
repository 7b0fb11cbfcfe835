-- One row per reporter, KPI and due month: when its entry was due, when it first came in, how late.
-- A late entry counts.
with dues as (
    select
        standing.fiscal_year,
        standing.month,
        standing.kpi_no,
        standing.slot,
        month.due_date,
        reported.first_recorded_at,
        reported.cell is not null as is_reported,
        cast(reported.first_recorded_at as date) as arrived_on
    from standing
    inner join month on standing.fiscal_year = month.fiscal_year and standing.month = month.month
    left join reported on standing.cell = reported.cell
    where standing.is_due
),

-- days counted from the years and the days of the year: the one way that every engine takes (years 1901..2100)
counted as (
    select
        *,
        cast(
            365 * (extract(year from arrived_on) - extract(year from due_date))
            + floor((extract(year from arrived_on) - 1) / 4) - floor((extract(year from due_date) - 1) / 4)
            + extract(doy from arrived_on) - extract(doy from due_date) as int
        ) as days_after_due
    from dues
),

late as (
    select
        *,
        case when days_after_due > 0 then days_after_due else 0 end as days_late
    from counted
)

select
    late.fiscal_year,
    late.month,
    place.owner_id,
    place.owner_kind,
    place.parent_id,
    place.owner_name,
    kpi.kpi_id,
    late.due_date,
    late.first_recorded_at as reported_at,
    case when late.is_reported then late.days_late end as days_late,
    case
        when not late.is_reported then 'missing'
        when late.days_late > 0 then 'late'
        else 'reported'
    end as state,
    place.sort_order,
    kpi.kpi_no
from late
inner join place on late.slot = place.slot
inner join kpi on late.kpi_no = kpi.kpi_no
