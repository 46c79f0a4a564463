-- Question: what did each account buy in the period, or in each of two periods?
-- Grain: account with a line in the period × is_now.
-- Columns: account_id, account, region_id, region, net_sales, returned_amount (negative) in the store's currency,
--   is_active (it bought something: not only returns), is_now (the month is not before now_from; null without now_from).
-- Parameters: before_to and now_from cut the months between two periods out of one long one; null for one period.
-- Caveats: own sales only, without those of accounts under it.
select
    accounts.account_id, accounts.account, regions.region_id, regions.region, sales.month >= $now_from::date as is_now,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.returned_amount)::double as returned_amount,
    bool_or(sales.net_amount > sales.returned_amount or sales.quantity > 0) as is_active
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
where $now_from is null or sales.month >= $now_from::date or sales.month < $before_to::date
group by all
order by accounts.account_id
