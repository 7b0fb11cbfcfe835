-- One row per KPI, owner and month (cell) and view with a score: what is scored, and at what pace the view takes it.
-- Views: year (the result as it is), period (as if at this pace to the year's end), round_2 (months 7.. alone);
-- plan_year and plan_period: a result exactly on plan.
select
    cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
    'year' as score_view, result, result as pace
from measured
where status in ('on_plan', 'watch', 'behind')
union all
select
    cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
    'period' as score_view, result, result / phasing as pace
from measured
where status in ('on_plan', 'watch', 'behind')
union all
select
    cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
    'plan_year' as score_view, plan as result, plan as pace
from measured
where status in ('on_plan', 'watch', 'behind')
union all
select
    cell, kpi_no, target, level_1, level_2, level_3, level_4, level_5,
    'plan_period' as score_view, plan as result, target as pace
from measured
where status in ('on_plan', 'watch', 'behind')
union all
select
    measured.cell, measured.kpi_no, measured.target,
    measured.level_1, measured.level_2, measured.level_3, measured.level_4, measured.level_5,
    'round_2' as score_view, own_round_2.result, own_round_2.result / own_round_2.phasing as pace
from measured
inner join own_round_2 on measured.cell = own_round_2.cell
where own_round_2.status in ('on_plan', 'watch', 'behind')
