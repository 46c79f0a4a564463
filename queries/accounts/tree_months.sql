-- Question: what did the account, and each account under it, buy in each month?
-- Grain: account of the tree × month; an account without a sale within the filters has one row without a month.
-- Columns: account_id, account, kind, city, parent_account_id, opened_on, depth (0 = the account asked for), month, net_sales,
--   gross_margin, returned_amount (negative) in the store's currency, quantity (sales units), volume (hl), line_count (order lines).
-- Caveats: each account's own sales, so that the rows add up to the tree without counting anything twice. gross_margin is null
--   where no cost is known at all.
with sales as (
    select
        account_key, month, sum(net_amount) as net_amount, sum(margin_amount) as margin_amount, sum(returned_amount) as returned_amount,
        sum(quantity) as quantity, sum(volume) as volume, sum(line_count) as line_count
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
)
select
    accounts.account_id, accounts.account, accounts.kind, accounts.city, accounts.parent_account_id, accounts.opened_on,
    tree.depth::bigint as depth, sales.month,
    sales.net_amount::double as net_sales, sales.margin_amount::double as gross_margin,
    sales.returned_amount::double as returned_amount, sales.quantity::double as quantity, sales.volume::double as volume,
    sales.line_count::bigint as line_count
from visible_account_tree as tree
inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
inner join visible_accounts as accounts on accounts.account_key = tree.account_key
left join sales on sales.account_key = accounts.account_key
where list_contains($account_ids, ancestors.account_id)
order by tree.depth, accounts.account_id, sales.month
