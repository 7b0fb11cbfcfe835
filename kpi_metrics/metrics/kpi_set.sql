-- One row per owner and month (slot) whose set of KPIs is not as it should be: a person's number of KPIs or of
-- prescribed ones, anybody's own weights.
-- A head without KPIs of its own is appraised on the office's alone and is not counted.
with sets as (
    select
        place.slot,
        place.fiscal_year,
        place.month,
        place.owner_kind = 'person' and (place.leads is null or count(held.cell) > 0) as is_counted,
        count(held.cell) as count_kpis,
        count(case when held.is_prescribed then 1 end) as count_prescribed,
        cast(sum(cast(held.weight as decimal(38, 10))) as double) as weight
    from place
    left join held on place.slot = held.slot
    group by place.slot, place.fiscal_year, place.month, place.owner_kind, place.leads
),

measured_sets as (
    select
        'few_kpis' as fault,
        sets.slot,
        sets.fiscal_year,
        sets.month,
        sets.count_kpis as own,
        sets.count_kpis - setting.person_kpi_min as difference,
        sets.is_counted and sets.count_kpis < setting.person_kpi_min as is_fault
    from sets
    cross join setting
    union all
    select
        'many_kpis' as fault,
        sets.slot,
        sets.fiscal_year,
        sets.month,
        sets.count_kpis as own,
        sets.count_kpis - setting.person_kpi_max as difference,
        sets.is_counted and sets.count_kpis > setting.person_kpi_max as is_fault
    from sets
    cross join setting
    union all
    select
        'few_prescribed' as fault,
        sets.slot,
        sets.fiscal_year,
        sets.month,
        sets.count_prescribed as own,
        sets.count_prescribed - setting.person_prescribed_min as difference,
        sets.is_counted and sets.count_prescribed < setting.person_prescribed_min as is_fault
    from sets
    cross join setting
    union all
    select
        'weights_off_100' as fault,
        slot,
        fiscal_year,
        month,
        weight as own,
        weight - 100 as difference,
        round(abs(weight - 100), 10) > 0.005 as is_fault
    from sets
)

select
    fault,
    slot,
    fiscal_year,
    month,
    cast(own as double) as own,
    cast(difference as double) as difference
from measured_sets
where is_fault
