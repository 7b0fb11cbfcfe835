-- One row per fiscal year, month and owner with any weight of its own in the year: what brings its weights to percent.
-- Such an owner uses only its own; for all others the KPIs' own weights hold. Weights in force that sum to 1 are
-- fractions, and so are those of the owner's other months of the year that sum to less: not all had begun, or one
-- had ended.
with weighed as (
    select
        fiscal_year,
        owner_no
    from version
    group by fiscal_year, owner_no
    having count(weight) > 0
),

in_force as (
    select
        version.fiscal_year,
        month.month,
        version.owner_no,
        sum(cast(version.weight as decimal(38, 10))) as total
    from version
    inner join month
        on
            version.fiscal_year = month.fiscal_year
            and version.from_date <= month.last_day
            and (version.next_from_date is null or version.next_from_date > month.last_day)
    group by version.fiscal_year, month.month, version.owner_no
),

summed as (
    select
        weighed.fiscal_year,
        month.month,
        weighed.owner_no,
        in_force.total,
        bool_or(abs(in_force.total - 1) <= 0.005) over (partition by weighed.fiscal_year, weighed.owner_no) as is_ever_1
    from weighed
    inner join month on weighed.fiscal_year = month.fiscal_year
    left join in_force
        on
            weighed.fiscal_year = in_force.fiscal_year
            and month.month = in_force.month
            and weighed.owner_no = in_force.owner_no
)

select
    fiscal_year,
    month,
    owner_no,
    case when is_ever_1 and total <= 1.005 then 100 else 1 end as factor
from summed
