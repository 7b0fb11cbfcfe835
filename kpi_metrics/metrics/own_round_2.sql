-- One row per count KPI reported by increments and person (cell of month 12): what months 7..12 brought, and their share
-- of the plan. This is what round 2 scores in place of the period view at month 12.
with second_half as (
    select
        series,
        cast(sum(cast(value as decimal(38, 10))) as double) as result
    from entry
    where month > 6
    group by series
)

select
    measured.cell,
    second_half.result,
    measured.phasing - midyear.phasing as phasing
from measured
inner join place on measured.slot = place.slot
inner join version
    on version.series = measured.kpi_no * 1000000 + measured.owner_no and measured.version = version.version
inner join phasing as midyear
    on
        version.kpi_no = midyear.kpi_no
        and midyear.series = case when version.plan_version = 0 then 0 else version.series end
        and version.plan_version = midyear.version
        and midyear.month = 6
left join second_half on version.series = second_half.series
where
    measured.month = 12
    and measured.measure = 'count'
    and measured.entry = 'increment'
    and place.owner_kind = 'person'
