-- One row per count KPI reported by increments and month m of 7..12 (cell), of a person or of an office that somebody
-- leads: what the months 7..m brought, beside the plan for them, and the status by both. This is what round 2 scores in
-- place of the period view. An office's months are its own entries or what came from its children, as in its result;
-- one that takes the mean, least or greatest of its children adds no months up and keeps the period view.
with holders as (
    select
        holder_slot as slot,
        holder_no as owner_no,
        fiscal_year,
        month,
        bool_or(is_led) as is_led
    from assessed
    where month > 6
    group by holder_slot, holder_no, fiscal_year, month
),

told as (
    select
        reported.series,
        reported.fiscal_year,
        reported.month,
        lead(reported.month) over through_month as next_month,
        sum(reported.value) over through_month as result
    from reported
    inner join kpi on reported.kpi_no = kpi.kpi_no
    where reported.month > 6 and kpi.measure = 'count' and kpi.entry = 'increment'
    window through_month as (partition by reported.series order by reported.month)
),

own_months as (
    select
        told.series * 100 + month.month as cell,
        told.result
    from told
    inner join month
        on
            told.fiscal_year = month.fiscal_year
            and told.month <= month.month
            and (told.next_month is null or told.next_month > month.month)
),

flowed_months as (
    select
        (flow.kpi_no * 1000000 + flow.owner_no) * 100 + holders.month as cell,
        cast(sum(flow.value) as double) as result
    from flow
    inner join holders
        on
            flow.owner_no = holders.owner_no
            and flow.fiscal_year = holders.fiscal_year
            and holders.month between flow.first_month and flow.last_month
    where holders.is_led and flow.month > 6
    group by (flow.kpi_no * 1000000 + flow.owner_no) * 100 + holders.month
),

brought as (
    select
        measured.cell,
        kpi.direction,
        measured.target,
        measured.phasing - midyear.phasing as phasing,
        measured.target * (measured.phasing - midyear.phasing) as plan,
        case when measured.source = 'own' then own_months.result else flowed_months.result end as result
    from measured
    inner join holders on measured.slot = holders.slot
    inner join kpi on measured.kpi_no = kpi.kpi_no
    left join version on measured.version_no = version.version_no
    inner join phasing as midyear on coalesce(version.plan_no, kpi.plan_no) = midyear.plan_no and midyear.month = 6
    left join own_months on measured.cell = own_months.cell
    left join flowed_months on measured.cell = flowed_months.cell
    where
        kpi.measure = 'count'
        and kpi.entry = 'increment'
        and (measured.source <> 'children' or kpi.roll_up = 'sum')
),

progressed as (
    select
        *,
        case
            when target = 0 and direction = 'up' then case when round(result, 10) >= 0 then 100 else 0 end
            when target = 0 then case when round(result, 10) <= 0 then 100 else 0 end
            when direction = 'up' then 100 * result / nullif(plan, 0)
            else greatest(0, 100 * (2 - result / nullif(plan, 0)))
        end as progress_pct
    from brought
)

select
    progressed.cell,
    progressed.phasing,
    progressed.plan,
    progressed.result,
    case
        when progressed.target is null then 'no_target'
        when progressed.phasing <= 0 then 'not_due'
        when progressed.result is null then 'not_reported'
        when round(round(100 * progressed.progress_pct, 8)) / 100 >= setting.status_on_plan then 'on_plan'
        when round(round(100 * progressed.progress_pct, 8)) / 100 >= setting.status_watch then 'watch'
        else 'behind'
    end as status
from progressed
cross join setting
