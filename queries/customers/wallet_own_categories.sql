-- Question: what do the accounts whose competitors are known buy from us, by category?
-- Grain: account with a wallet report in the period × category.
-- Columns: account_id, category, own (net sales of the period, money).
-- Caveats: a product without a category has none here either.
with reported as (
    select distinct account_key
    from visible_wallet
    where month >= $from_date and month < $to_date
), sold as (
    select account_key, product_key, sum(net_amount) as net_amount
    from filtered_sales_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    where account_key in (select account_key from reported)
    group by all
)
select accounts.account_id, products.category, sum(sold.net_amount)::double as own
from sold
inner join visible_accounts as accounts on accounts.account_key = sold.account_key
inner join visible_products as products on products.product_key = sold.product_key
group by all
order by accounts.account_id, products.category
