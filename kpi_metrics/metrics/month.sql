-- One row per fiscal year that has KPIs and fiscal month 1..12: its calendar days and the day its entries are due.
with numbers as (
    select month
    from (values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)) as list (month)  -- noqa: AL05
),

years as (
    select distinct fiscal_year from current_kpis
),

first_days as (
    select
        years.fiscal_year,
        numbers.month,
        case
            when numbers.month <= 3 then make_date(years.fiscal_year - 544, numbers.month + 9, 1)
            else make_date(years.fiscal_year - 543, numbers.month - 3, 1)
        end as first_day,
        case
            when numbers.month <= 2 then make_date(years.fiscal_year - 544, numbers.month + 10, 1)
            else make_date(years.fiscal_year - 543, numbers.month - 2, 1)
        end as next_first_day
    from years
    cross join numbers
)

select
    first_days.fiscal_year,
    first_days.month,
    first_days.first_day,
    last_day(first_days.first_day) as last_day,
    make_date(
        cast(extract(year from first_days.next_first_day) as int),
        cast(extract(month from first_days.next_first_day) as int),
        cast(least(setting.due_day, extract(day from last_day(first_days.next_first_day))) as int)
    ) as due_date
from first_days
cross join setting
