-- One row per entry of an increment KPI that adds up (sum, ratio): what month `month` brought, as seen through any
-- month from first_month to last_month. The start of what flows up the tree.
select
    entry.fiscal_year,
    entry.owner_id,
    entry.kpi_id,
    entry.month,
    entry.month as first_month,
    12 as last_month,
    entry.value,
    entry.numerator,
    entry.denominator
from entry
inner join current_kpis as kpi on entry.fiscal_year = kpi.fiscal_year and entry.kpi_id = kpi.kpi_id
where kpi.entry = 'increment' and kpi.roll_up in ('sum', 'ratio')
