-- Question: how many accounts of these kinds stocked each product since $stocked_from, and since when?
-- Grain: product × month in which accounts began to stock it, $stocked_from for those who did before.
-- Columns: product_id, since (first day of a month), accounts.
-- Caveats: who bought it since $stocked_from, net of returns, stocks it, from its first purchase in the period on; only of accounts that
--   bought anything since $active_from, net of returns: those that trade/active_accounts counts. $kinds null = every kind.
with pairs as (
    select
        sales.account_key, sales.product_key,
        min(sales.month) filter (where sales.quantity > 0) as first_month,
        sum(sales.quantity) filter (where sales.month >= $stocked_from::date) as recent,
        sum(sales.quantity) filter (where sales.month >= $active_from::date) as active
    from filtered_sales_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    ) as sales
    inner join visible_accounts as accounts on accounts.account_key = sales.account_key
    where $kinds is null or list_contains($kinds, accounts.kind)
    group by all
),
active_pairs as (
    select account_key, product_key, first_month, recent
    from pairs
    qualify sum(active) over (partition by account_key) > 0
)
select products.product_id, greatest(pairs.first_month, $stocked_from::date) as since, count(*)::bigint as accounts
from active_pairs as pairs
inner join visible_products as products on products.product_key = pairs.product_key
where pairs.recent > 0
group by all
order by products.product_id, since
