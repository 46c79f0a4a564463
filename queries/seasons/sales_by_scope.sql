-- Question: what was sold in each month, by the company, each region, category and product?
-- Grain: scope × month; the scopes overlap (each covers the whole), so they are never added together.
-- Columns: scope_kind (company, region, category, product), scope_id, scope_name, parent (the scope that a product's season is like:
--   its category's), month, quantity (sales units), net_sales (money).
-- Caveats: "company" is what the viewer sees within the filters. Sales of no region or no category have no such scope. Net of returns.
with sales as (
    select months.region_key, months.product_key, months.month, sum(months.quantity) as quantity, sum(months.net_amount) as net_amount
    from filtered_product_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    ) as months
    group by all
), company as (
    select 'company' as scope_kind, '' as scope_id, '' as scope_name, null as parent, month, quantity, net_amount
    from sales
), by_region as (
    select 'region' as scope_kind, regions.region_id as scope_id, regions.region as scope_name, null as parent,
        sales.month, sales.quantity, sales.net_amount
    from sales
    inner join visible_regions as regions on regions.region_key = sales.region_key
), by_category as (
    select 'category' as scope_kind, products.category as scope_id, products.category as scope_name, null as parent,
        sales.month, sales.quantity, sales.net_amount
    from sales
    inner join visible_products as products on products.product_key = sales.product_key
    where products.category is not null
), by_product as (
    select 'product' as scope_kind, products.product_id as scope_id, products.product as scope_name,
        'category:' || products.category as parent,
        sales.month, sales.quantity, sales.net_amount
    from sales
    inner join visible_products as products on products.product_key = sales.product_key
), scopes as (
    select * from company
    union all
    select * from by_region
    union all
    select * from by_category
    union all
    select * from by_product
)
select
    scope_kind, scope_id, scope_name, parent, month,
    sum(quantity)::double as quantity,
    sum(net_amount)::double as net_sales
from scopes
group by all
order by scope_kind, scope_id, month
