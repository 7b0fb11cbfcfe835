-- One row per fiscal year in use (valid_year), personnel type and appraisal level: the least final score it takes.
-- The newest set of the type not after the year holds; without one, the usual levels do (fiscal_year 0).
with defaults as (
    select 0 as fiscal_year, personnel_type, name_th, minimum
    from (
        values
        ('civil_servant', 'ดีเด่น', 90), ('civil_servant', 'ดีมาก', 80), ('civil_servant', 'ดี', 70),
        ('civil_servant', 'พอใช้', 60), ('civil_servant', 'ต้องปรับปรุง', 0),
        ('permanent_employee', 'ดีเด่น', 90), ('permanent_employee', 'ดีมาก', 80), ('permanent_employee', 'ดี', 70),
        ('permanent_employee', 'พอใช้', 60), ('permanent_employee', 'ต้องปรับปรุง', 0),
        ('government_employee', 'ดีเด่น', 95), ('government_employee', 'ดีมาก', 85), ('government_employee', 'ดี', 75),
        ('government_employee', 'พอใช้', 65), ('government_employee', 'ต้องปรับปรุง', 0)
    ) as list (personnel_type, name_th, minimum)  -- noqa: AL05
),

offered as (
    select fiscal_year, personnel_type, name_th, cast(minimum as double) as minimum
    from defaults
    union all
    select fiscal_year, personnel_type, name_th, minimum
    from current_bands
),

years as (
    select distinct fiscal_year as valid_year
    from month
),

newest as (
    select
        years.valid_year,
        offered.personnel_type,
        max(offered.fiscal_year) as fiscal_year
    from years
    inner join offered on years.valid_year >= offered.fiscal_year
    group by years.valid_year, offered.personnel_type
)

select
    newest.valid_year,
    offered.personnel_type,
    offered.name_th,
    offered.minimum
from newest
inner join offered
    on newest.personnel_type = offered.personnel_type and newest.fiscal_year = offered.fiscal_year
