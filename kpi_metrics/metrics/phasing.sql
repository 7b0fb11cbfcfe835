-- One row per plan and fiscal month: the share (0..1) of the target that should be reached by then.
-- A plan is a KPI's own or that of a target version. first_full_month: the first with all of it.
with plans as (
    select
        fiscal_year, plan_no, measure, frequency,
        plan_m1, plan_m2, plan_m3, plan_m4, plan_m5, plan_m6,
        plan_m7, plan_m8, plan_m9, plan_m10, plan_m11, plan_m12
    from kpi
    union all
    select
        version.fiscal_year, version.plan_no, kpi.measure, kpi.frequency,
        targets.plan_m1, targets.plan_m2, targets.plan_m3, targets.plan_m4, targets.plan_m5, targets.plan_m6,
        targets.plan_m7, targets.plan_m8, targets.plan_m9, targets.plan_m10, targets.plan_m11, targets.plan_m12
    from current_targets as targets
    inner join version
        on
            targets.fiscal_year = version.fiscal_year
            and targets.kpi_id = version.kpi_id
            and targets.owner_id = version.owner_id
            and targets.from_date = version.from_date
    inner join kpi on version.kpi_no = kpi.kpi_no
    where targets.plan_m12 is not null
),

-- quarterly and half-yearly KPIs are planned, as they report, at the last due month
read_months as (
    select
        plans.*,
        month.month,
        cast(case plans.frequency
            when 'quarterly' then month.month - month.month % 3
            when 'half' then month.month - month.month % 6
            else month.month
        end as int) as read_month
    from plans
    inner join month on plans.fiscal_year = month.fiscal_year
),

shares as (
    select
        plan_no,
        month,
        cast(case
            when read_month = 0 then 0
            when plan_m12 is not null
                then
                    case read_month
                        when 1 then plan_m1
                        when 2 then plan_m2
                        when 3 then plan_m3
                        when 4 then plan_m4
                        when 5 then plan_m5
                        when 6 then plan_m6
                        when 7 then plan_m7
                        when 8 then plan_m8
                        when 9 then plan_m9
                        when 10 then plan_m10
                        when 11 then plan_m11
                        else plan_m12
                    end
            when measure in ('percent', 'value') then 1
            when frequency = 'yearly' then case when read_month = 12 then 1 else 0 end
            else cast(read_month as double) / 12
        end as double) as phasing
    from read_months
)

select
    plan_no,
    month,
    phasing,
    min(case when phasing >= 1 then month end) over (partition by plan_no) as first_full_month
from shares
