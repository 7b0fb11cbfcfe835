-- One row per fiscal year and KPI, numbered in report order (4.10 after 4.2).
select
    current_kpis.*,
    kpi_order.kpi_no
from current_kpis
inner join kpi_order
    on current_kpis.fiscal_year = kpi_order.fiscal_year and current_kpis.kpi_id = kpi_order.kpi_id
