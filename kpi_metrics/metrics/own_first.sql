-- One row per fiscal year, owner and KPI with an own entry: its first month. From there on the own entries are the
-- result, whatever the children reported.
select
    fiscal_year,
    owner_id,
    kpi_id,
    min(month) as first_month
from entry
group by fiscal_year, owner_id, kpi_id
