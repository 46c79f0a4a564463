-- Question: how many of the outlets under each account buy each product, and how much?
-- Grain: account with outlets under it, at any depth × product sold to one of them in the period.
-- Columns: account_key, product_key, buying_outlets, quantity (sales units).
-- Caveats: net of returns; an outlet whose returns outweigh its purchases does not buy. An outlet under several accounts counts for each.
with sold as (
    select account_key, product_key, sum(quantity) as quantity
    from filtered_sales_years($from_date, $to_date, null, null, $categories, $product_ids, null)
    group by all
    having sum(quantity) > 0
)
select
    tree.ancestor_key as account_key, sold.product_key,
    count(*)::bigint as buying_outlets,
    sum(sold.quantity)::double as quantity
from sold
inner join visible_accounts as outlets on outlets.account_key = sold.account_key and outlets.kind = 'outlet'
inner join visible_account_tree as tree on tree.account_key = outlets.account_key and tree.ancestor_key != tree.account_key
group by all
order by tree.ancestor_key, sold.product_key
