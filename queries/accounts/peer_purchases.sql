-- Question: what do the accounts of one kind in one region buy?
-- Grain: buying account × product, in no order.
-- Columns: account_key, channel, product_key (the store's integers; the account's channel), quantity (sales units), net_sales (the store's
--   currency).
-- Parameters: kind, region_key (of the accounts: the same question serves all who are alike).
-- Caveats: accounts' own purchases in the period; a product that was only returned is not bought.
with peers as (
    select account_key, channel from visible_accounts where kind = $kind and region_key = $region_key
)
select
    peers.account_key, peers.channel, sales.product_key,
    sum(sales.quantity)::double as quantity, sum(sales.net_amount)::double as net_sales
from filtered_sales_years($from_date, $to_date, null, null, $categories, $product_ids, null) as sales
inner join peers on peers.account_key = sales.account_key
group by all
having sum(sales.quantity) > 0
