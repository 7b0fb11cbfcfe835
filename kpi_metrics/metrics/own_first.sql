-- One row per KPI of an owner (series) with an own entry: its first month. From there on the own entries are the
-- result, whatever the children reported.
select
    series,
    min(month) as first_month
from reported
group by series
