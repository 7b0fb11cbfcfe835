-- One row per fiscal year and KPI, numbered in report order (4.10 after 4.2), with its own weight in percent and the
-- number of its own plan. Weights that sum to 1 over the year are fractions and are brought to percent.
select
    current_kpis.*,
    kpi_order.kpi_no,
    kpi_order.kpi_no * 1000000000 as plan_no,
    current_kpis.weight
    * case
        when round(abs(sum(current_kpis.weight) over (partition by current_kpis.fiscal_year) - 1), 10) <= 0.005 then 100
        else 1
    end as default_weight
from current_kpis
inner join kpi_order
    on current_kpis.fiscal_year = kpi_order.fiscal_year and current_kpis.kpi_id = kpi_order.kpi_id
