-- One row per fiscal year and owner with any weight of its own: what brings its weights to percent. Such an owner uses
-- only its own; for all others the KPIs' own weights hold. Weights that sum to 1 over the year are fractions.
select
    fiscal_year,
    owner_no,
    case
        when round(abs(sum(case when next_from_date is null then weight end) - 1), 10) <= 0.005 then 100 else 1
    end as factor
from version
group by fiscal_year, owner_no
having count(weight) > 0
