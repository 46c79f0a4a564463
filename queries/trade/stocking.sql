-- Question: how many accounts of these kinds stocked each product, in the period and since $stocked_from, and since when?
-- Grain: product × month in which accounts began to stock it × month in which they did so of those that stocked it since $stocked_from.
-- Columns: product_id, since and since_lately (first days of months; null: not stocked), accounts.
-- Caveats: who bought it in the period, net of returns, stocks it, from its first purchase on; lately who bought it since $stocked_from, from
--   its first purchase since $seen_from on, at the earliest from $stocked_from on. Only of accounts that bought anything since $stocked_from,
--   net of returns: those that trade/active_accounts counts. $kinds null = every kind.
with pairs as (
    select
        account_key, product_key, sum(quantity) as ever,
        sum(quantity) filter (where month >= $stocked_from::date) as lately,
        min(bought_month) as first_month,
        min(bought_month) filter (where month >= $seen_from::date) as first_seen
    from filtered_sales_years(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
),
active_accounts as (
    select pairs.account_key
    from pairs
    inner join visible_accounts as accounts on accounts.account_key = pairs.account_key
    where $kinds is null or list_contains($kinds, accounts.kind)
    group by pairs.account_key
    having sum(pairs.lately) > 0
),
stocked as (
    select
        product_key,
        case when ever > 0 then first_month end as since,
        case when lately > 0 then greatest(first_seen, $stocked_from::date) end as since_lately,
        count(*)::bigint as accounts
    from pairs
    where account_key in (select account_key from active_accounts) and (ever > 0 or lately > 0)
    group by all
)
select products.product_id, stocked.since, stocked.since_lately, stocked.accounts
from stocked
inner join visible_products as products on products.product_key = stocked.product_key
order by products.product_id, stocked.since, stocked.since_lately
