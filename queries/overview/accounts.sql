-- Question: what did each account buy in the period?
-- Grain: account with a line in the period.
-- Columns: account_id, account, region_id, region, net_sales, returned_amount (negative) in the store's currency,
--   is_active (it bought something: not only returns).
-- Caveats: own sales only, without those of accounts under it.
select
    accounts.account_id, accounts.account, regions.region_id, regions.region,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.returned_amount)::double as returned_amount,
    bool_or(sales.net_amount > sales.returned_amount or sales.quantity > 0) as is_active
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
group by all
order by accounts.account_id
