-- Question: what did each account that may fall silent buy, month by month?
-- Grain: account × month with a sale; an outlet has one row, its last twelve months together, under the last month.
-- Columns: account_key, month, quantity (sales units), net_sales, margin (null where no cost is known), costed_sales (net sales of
--   lines with a known cost); money.
-- Caveats: $to_date is the first day of a month. Region, account and salesperson do not narrow it: the company's month is the measure
--   of each account's. Net of returns, so a month may be negative. Who the accounts are is customers/account_beginnings.
select
    sales.account_key,
    case when accounts.kind = 'outlet' then ($to_date::date - interval 1 month)::date else sales.month end as month,
    sum(sales.quantity)::double as quantity,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.margin_amount)::double as margin,
    sum(sales.costed_amount)::double as costed_sales
from filtered_account_months($from_date, $to_date, null, null, $categories, $product_ids, null) as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
where accounts.kind is distinct from 'outlet' or sales.month >= ($to_date::date - interval 12 month)::date
group by all
order by account_key, month
