-- One row per entry of an increment KPI that adds up (sum, ratio): what month `month` brought, as seen through any
-- month from first_month to last_month. The start of what flows up the tree.
select
    reported.fiscal_year,
    reported.month,
    reported.kpi_no,
    reported.owner_no,
    reported.month as first_month,
    12 as last_month,
    12 as children_last_month,
    cast(reported.value as decimal(38, 10)) as value,
    cast(reported.numerator as decimal(38, 10)) as numerator,
    cast(reported.denominator as decimal(38, 10)) as denominator
from reported
inner join kpi on reported.kpi_no = kpi.kpi_no
where kpi.entry = 'increment' and kpi.roll_up in ('sum', 'ratio')
