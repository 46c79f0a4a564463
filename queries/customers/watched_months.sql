-- Question: what did each account that may fall silent buy, month by month?
-- Grain: account × month with a sale; an outlet has one row, its last twelve months together, under the last month.
-- Columns: account_id, month, quantity (sales units), net_sales, margin (null where no cost is known), costed_sales (net sales of
--   lines with a known cost); money.
-- Caveats: $to_date is the first day of a month. Region, account and salesperson do not narrow it: the company's month is the measure
--   of each account's. Net of returns, so a month may be negative.
with months as (
    select
        sales.account_key,
        case when accounts.kind = 'outlet' then ($to_date::date - interval 1 month)::date else sales.month end as month,
        sum(sales.quantity) as quantity, sum(sales.net_amount) as net_amount,
        sum(sales.margin_amount) as margin_amount, sum(sales.costed_amount) as costed_amount
    from filtered_account_months($from_date, $to_date, null, null, $categories, $product_ids, null) as sales
    inner join visible_accounts as accounts on accounts.account_key = sales.account_key
    where accounts.kind is distinct from 'outlet' or sales.month >= ($to_date::date - interval 12 month)::date
    group by all
)
select
    accounts.account_id, months.month,
    months.quantity::double as quantity,
    months.net_amount::double as net_sales,
    months.margin_amount::double as margin,
    months.costed_amount::double as costed_sales
from months
inner join visible_accounts as accounts on accounts.account_key = months.account_key
order by months.account_key, months.month
