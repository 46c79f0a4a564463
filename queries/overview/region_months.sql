-- Question: what was sold each month in each region?
-- Grain: region × month.
-- Columns: region_id and region (null for accounts of no region), month, net_sales, gross_margin, costed_amount (net of lines with
--   their own cost), returned_amount (negative) in the store's currency, quantity (sales units), volume (hl),
--   active_accounts (accounts that bought).
-- Caveats: a month that the period cuts holds only the period's days. gross_margin is null where no cost is known at all.
with account_months as (
    select
        account_key, month,
        sum(net_amount) as net_amount, sum(margin_amount) as margin_amount, sum(costed_amount) as costed_amount,
        sum(returned_amount) as returned_amount, sum(quantity) as quantity, sum(volume) as volume
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by account_key, month
)
select
    regions.region_id, regions.region, sales.month,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.margin_amount)::double as gross_margin,
    sum(sales.costed_amount)::double as costed_amount,
    sum(sales.returned_amount)::double as returned_amount,
    sum(sales.quantity)::double as quantity,
    sum(sales.volume)::double as volume,
    (count(*) filter (where sales.net_amount > sales.returned_amount or sales.quantity > 0))::bigint as active_accounts
from account_months as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
group by all
order by sales.month, regions.region_id
