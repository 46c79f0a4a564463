-- Question: what do accounts of the same kind in the same region buy, and what does this one?
-- Grain: buying account × product.
-- Columns: account_id, is_self (the account asked for), is_same_channel (as the account asked for), product_id, product, category,
--   quantity (sales units), net_sales (the store's currency).
-- Parameters: account_id (the account asked for: filters choose no others, so that it is quicker to plan).
-- Caveats: accounts' own purchases in the period; a product that was only returned is not bought. A discontinued product is nothing to
--   propose and left out.
with self as (
    select account_key, kind, region_key, channel
    from visible_accounts
    where account_id = $account_id
), peers as (
    select
        accounts.account_key, accounts.account_id, accounts.account_key = self.account_key as is_self,
        coalesce(accounts.channel = self.channel, false) as is_same_channel
    from visible_accounts as accounts
    inner join self on self.kind = accounts.kind and self.region_key = accounts.region_key
), bought as (
    select account_key, product_key, sum(quantity) as quantity, sum(net_amount) as net_amount
    from filtered_sales_years($from_date, $to_date, null, null, $categories, $product_ids, null)
    where account_key in (select account_key from peers)
    group by all
    having sum(quantity) > 0
)
select
    peers.account_id, peers.is_self, peers.is_same_channel, products.product_id, products.product, products.category,
    bought.quantity::double as quantity, bought.net_amount::double as net_sales
from bought
inner join peers on peers.account_key = bought.account_key
inner join visible_products as products on products.product_key = bought.product_key
where
    products.discontinued_on is null
    or products.discontinued_on > (select as_of from visible_generation)
order by products.product_key, peers.account_key
