-- One row: every numeric setting in force, the default where none is stored.
select
    coalesce(max(case when key = 'status_on_plan' then cast(value as double) end), 100) as status_on_plan,
    coalesce(max(case when key = 'status_watch' then cast(value as double) end), 80) as status_watch,
    coalesce(max(case when key = 'score_floor' then cast(value as double) end), 1) as score_floor,
    coalesce(max(case when key = 'rank_min_evaluated' then cast(value as double) end), 50) as rank_min_evaluated,
    coalesce(max(case when key = 'due_day' then cast(value as double) end), 5) as due_day,
    coalesce(max(case when key = 'person_kpi_min' then cast(value as double) end), 4) as person_kpi_min,
    coalesce(max(case when key = 'person_kpi_max' then cast(value as double) end), 7) as person_kpi_max,
    coalesce(max(case when key = 'person_prescribed_min' then cast(value as double) end), 4) as person_prescribed_min,
    coalesce(max(case when key = 'performance_weight_civil_servant' then cast(value as double) end), 70)
        as performance_weight_civil_servant,
    coalesce(max(case when key = 'performance_weight_permanent_employee' then cast(value as double) end), 70)
        as performance_weight_permanent_employee,
    coalesce(max(case when key = 'performance_weight_government_employee' then cast(value as double) end), 80)
        as performance_weight_government_employee
from current_settings
