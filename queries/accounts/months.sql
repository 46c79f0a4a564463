-- Question: what did the account, and what did those under it, buy each month?
-- Grain: month × is_own.
-- Columns: month, is_own (the account itself, else the accounts under it), net_sales, gross_margin, returned_amount (negative) in
--   the store's currency, quantity (sales units), volume (hl).
-- Caveats: own and under it never overlap; their sum is the whole tree. gross_margin is null where no cost is known at all.
select
    sales.month, list_contains($account_ids, accounts.account_id) as is_own,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.margin_amount)::double as gross_margin,
    sum(sales.returned_amount)::double as returned_amount,
    sum(sales.quantity)::double as quantity,
    sum(sales.volume)::double as volume
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
group by all
order by sales.month, is_own
