-- One row per count KPI reported by increments and person (cell of month 12): what months 7..12 brought, and their
-- share of the plan. This is what round 2 scores in place of the period view at month 12.
with second_half as (
    select
        series,
        cast(sum(cast(value as decimal(38, 10))) as double) as result
    from reported
    where month > 6
    group by series
)

select
    measured.cell,
    second_half.result,
    measured.phasing - midyear.phasing as phasing
from measured
inner join place on measured.slot = place.slot
inner join kpi on measured.kpi_no = kpi.kpi_no
inner join version on measured.version_no = version.version_no
inner join phasing as midyear on version.plan_no = midyear.plan_no and midyear.month = 6
left join second_half on version.series = second_half.series
where
    measured.month = 12
    and kpi.measure = 'count'
    and kpi.entry = 'increment'
    and place.owner_kind = 'person'
