-- One row per fiscal year, round and person with KPIs in it, heads of offices among them: how the round ended.
select *
from running_appraisal
where month = round * 6
