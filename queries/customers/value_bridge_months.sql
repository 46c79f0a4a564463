-- Question: what was sold of each product in two periods of whole months, to accounts that bought in both, only in one, or the other?
-- Grain: product × region × kind of account (kept, new, lost).
-- Columns: as customers/value_bridge, row for row; previous_quantity and previous_sales of [$previous_from, $previous_to).
-- Caveats: for filters that name no accounts, products or salespeople. Most accounts buy in both periods: the regions' roll-up has
--   everybody, and only the others' sales are looked up and taken from it. Definitions: customers/value_bridge.
with account_units as (
    select
        account_key,
        coalesce(sum(quantity) filter (where month >= $from_date::date and month < $to_date::date), 0) as quantity,
        coalesce(sum(quantity) filter (where month >= $previous_from::date and month < $previous_to::date), 0) as previous_quantity
    from filtered_account_months(
        least($from_date::date, $previous_from::date), greatest($to_date::date, $previous_to::date), $region_ids, null, null, null, null
    )
    group by account_key
), moved as (
    select account_key, case when quantity > 0 or previous_quantity <= 0 then 'new' else 'lost' end as buyers
    from account_units
    where not (quantity > 0 and previous_quantity > 0)
), sales as (
    select region_key, product_key, month, 'kept' as buyers, quantity, net_amount, line_count
    from filtered_product_months(
        least($from_date::date, $previous_from::date), greatest($to_date::date, $previous_to::date), $region_ids, null, null, null, null
    )
    union all
    select
        accounts.region_key, theirs.product_key, theirs.month, unnest([moved.buyers, 'kept']) as buyers,
        unnest([theirs.quantity, -theirs.quantity]), unnest([theirs.net_amount, -theirs.net_amount]),
        unnest([theirs.line_count, -theirs.line_count])
    from filtered_sales_months(
        least($from_date::date, $previous_from::date), greatest($to_date::date, $previous_to::date), $region_ids, null, null, null, null
    ) as theirs
    inner join moved on moved.account_key = theirs.account_key
    inner join visible_accounts as accounts on accounts.account_key = theirs.account_key
), spans as (
    select
        *, month >= $from_date::date and month < $to_date::date as is_now,
        month >= $previous_from::date and month < $previous_to::date as is_before
    from sales
), sums as (
    select
        product_key, region_key, buyers,
        coalesce(sum(quantity) filter (where is_before), 0) as previous_quantity,
        coalesce(sum(net_amount) filter (where is_before), 0) as previous_amount,
        coalesce(sum(quantity) filter (where is_now), 0) as quantity, coalesce(sum(net_amount) filter (where is_now), 0) as net_amount
    from spans
    where is_now or is_before
    group by all
    having sum(line_count) > 0
)
select
    products.product_id, products.product, products.category, regions.region_id, regions.region, sums.buyers,
    sums.previous_quantity::double as previous_quantity, sums.previous_amount::double as previous_sales,
    sums.quantity::double as quantity, sums.net_amount::double as net_sales
from sums
inner join visible_products as products on products.product_key = sums.product_key
left join visible_regions as regions on regions.region_key = sums.region_key
order by products.product_id, regions.region_id, sums.buyers
