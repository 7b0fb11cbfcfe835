-- The columns of node, without a row: where the climb up the tree begins.
select
    cast(null as bigint) as cell,
    cast(null as bigint) as kpi_no,
    cast(null as bigint) as owner_no,
    cast(null as int) as fiscal_year,
    cast(null as int) as month,
    cast(null as bigint) as version_no,
    cast(null as boolean) as is_row,
    cast(null as boolean) as is_holder,
    cast(null as boolean) as has_holder_below,
    cast(null as boolean) as is_due,
    cast(null as int) as count_due,
    cast(null as int) as count_reported,
    cast(null as double) as target,
    cast(null as double) as result,
    cast(null as double) as numerator,
    cast(null as double) as denominator,
    cast(null as double) as children_target,
    cast(null as double) as children_result,
    cast(null as boolean) as is_without_cases,
    cast(null as string) as source
where false
