-- One row per fiscal year, round and person with KPIs in it, heads of offices among them: how the round stands at its
-- last month. Nothing stored knows the clock: while that month has not ended, what is here is what is known so far.
select *
from running_appraisal
where month = round * 6
