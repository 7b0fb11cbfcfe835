-- One row per fiscal year, month, owner and KPI with a scorecard row: the KPI's weight in percent, or none.
-- An owner with any weight of its own in the year uses only its own; else the KPIs' defaults hold.
-- Weights that sum to 1 over the year are fractions and are brought to percent.
with own_years as (
    select
        fiscal_year,
        owner_id,
        case
            when abs(sum(case when next_from_date is null then weight end) - 1) <= 0.005 + 1e-10 then 100 else 1
        end as factor
    from version
    group by fiscal_year, owner_id
    having count(weight) > 0
),

default_years as (
    select
        fiscal_year,
        case when abs(sum(weight) - 1) <= 0.005 + 1e-10 then 100 else 1 end as factor
    from current_kpis
    group by fiscal_year
)

select
    node.fiscal_year,
    node.month,
    node.owner_id,
    node.kpi_id,
    case
        when own_years.owner_id is not null then own_years.factor * commitment.weight
        else default_years.factor * kpi.weight
    end as weight
from node
inner join current_kpis as kpi on node.fiscal_year = kpi.fiscal_year and node.kpi_id = kpi.kpi_id
inner join default_years on node.fiscal_year = default_years.fiscal_year
left join own_years on node.fiscal_year = own_years.fiscal_year and node.owner_id = own_years.owner_id
left join commitment
    on
        node.fiscal_year = commitment.fiscal_year
        and node.month = commitment.month
        and node.owner_id = commitment.owner_id
        and node.kpi_id = commitment.kpi_id
where node.is_row
