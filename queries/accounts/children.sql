-- Question: which accounts hang under this one, and what did they buy themselves?
-- Grain: account under the one asked for, at any depth.
-- Columns: account_id, account, kind, city, parent_account_id, depth (1 = directly under it), net_sales (the store's currency),
--   quantity (sales units), last_month (with a line).
-- Caveats: each account's own sales, so that they add up without counting anything twice.
with sales as (
    select account_key, sum(net_amount) as net_amount, sum(quantity) as quantity, max(month) as last_month
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by account_key
)
select
    children.account_id, children.account, children.kind, children.city, children.parent_account_id, tree.depth::bigint as depth,
    coalesce(sales.net_amount, 0)::double as net_sales, coalesce(sales.quantity, 0)::double as quantity, sales.last_month
from visible_account_tree as tree
inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
inner join visible_accounts as children on children.account_key = tree.account_key
left join sales on sales.account_key = children.account_key
where list_contains($account_ids, ancestors.account_id) and children.account_key != ancestors.account_key
order by net_sales desc, children.account_id
