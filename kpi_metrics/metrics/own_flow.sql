-- One row per entry of an increment KPI that adds up (sum, ratio): what month `month` brought, as seen through any
-- month from first_month to last_month. The start of what flows up the tree.
select
    entry.fiscal_year,
    entry.month,
    entry.kpi_no,
    entry.owner_no,
    entry.month as first_month,
    12 as last_month,
    cast(entry.value as decimal(38, 10)) as value,
    cast(entry.numerator as decimal(38, 10)) as numerator,
    cast(entry.denominator as decimal(38, 10)) as denominator
from entry
inner join kpi on entry.kpi_no = kpi.kpi_no
where kpi.entry = 'increment' and kpi.roll_up in ('sum', 'ratio')
