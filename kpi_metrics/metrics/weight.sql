-- One row per KPI, owner and month (cell) with a scorecard row: the KPI's weight in percent, or none.
-- An owner with any weight of its own in the year uses only its own; else the KPIs' defaults hold.
-- Weights that sum to 1 over the year are fractions and are brought to percent.
with own_years as (
    select
        fiscal_year,
        owner_no,
        case
            when round(abs(sum(case when next_from_date is null then weight end) - 1), 10) <= 0.005 then 100 else 1
        end as factor
    from version
    group by fiscal_year, owner_no
    having count(weight) > 0
),

default_years as (
    select
        fiscal_year,
        case when round(abs(sum(weight) - 1), 10) <= 0.005 then 100 else 1 end as factor
    from kpi
    group by fiscal_year
)

select
    node.cell,
    case
        when own_years.owner_no is not null then own_years.factor * commitment.weight
        else default_years.factor * kpi.weight
    end as weight
from node
inner join kpi on node.kpi_no = kpi.kpi_no
inner join default_years on node.fiscal_year = default_years.fiscal_year
left join own_years on node.fiscal_year = own_years.fiscal_year and node.owner_no = own_years.owner_no
left join commitment on node.cell = commitment.cell
where node.is_row
