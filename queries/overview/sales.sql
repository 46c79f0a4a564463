-- Question: what was sold each month in each region, and of each account in the period, or in each of two periods?
-- Grain: region × month (account_id is null), and beside it account with a line in the period × is_now (month is null).
-- Columns: region_id and region (null for accounts of no region), month, account_id, account, is_now (the month is not before
--   now_from; null without now_from and for months), net_sales, gross_margin, costed_amount (net of lines with their own cost),
--   returned_amount (negative) in the store's currency, quantity (sales units), volume (hl), active_accounts (of a month: accounts
--   that bought), is_active (it bought something: not only returns).
-- Parameters: before_to and now_from cut the months between two periods out of one long one; null for one period.
-- Caveats: both grains speak of the same sales: take one, never their sum. Own sales only, without those of accounts under them. A month
--   that the period cuts holds only the period's days. gross_margin is null where no cost is known at all.
with account_months as (
    select
        account_key, month, month >= $now_from::date as is_now,
        sum(net_amount) as net_amount, sum(margin_amount) as margin_amount, sum(costed_amount) as costed_amount,
        sum(returned_amount) as returned_amount, sum(quantity) as quantity, sum(volume) as volume,
        bool_or(net_amount > returned_amount or quantity > 0) as is_active
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    where $now_from is null or month >= $now_from::date or month < $before_to::date
    group by account_key, month
)
select
    regions.region_id, regions.region, sales.month, accounts.account_id, accounts.account, sales.is_now,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.margin_amount)::double as gross_margin,
    sum(sales.costed_amount)::double as costed_amount,
    sum(sales.returned_amount)::double as returned_amount,
    sum(sales.quantity)::double as quantity,
    sum(sales.volume)::double as volume,
    (count(*) filter (where sales.net_amount > sales.returned_amount or sales.quantity > 0))::bigint as active_accounts,
    bool_or(sales.is_active) as is_active
from account_months as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
group by grouping sets (
    (regions.region_id, regions.region, sales.month),
    (regions.region_id, regions.region, accounts.account_id, accounts.account, sales.is_now)
)
order by sales.month, accounts.account_id, regions.region_id, sales.is_now
