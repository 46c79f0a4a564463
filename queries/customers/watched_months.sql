-- Question: what did each account that may fall silent buy, month by month?
-- Grain: account × month with a sale; an outlet has one row, its last twelve months together, under the last month.
-- Columns: account_id, month, quantity (sales units), net_sales, margin (null where no cost is known), costed_sales (net sales of
--   lines with a known cost); money.
-- Caveats: $to_date is the first day of a month. Region, account and salesperson do not narrow it: the company's month is the measure
--   of each account's. Net of returns, so a month may be negative.
with months as (
    select
        account_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount,
        sum(margin_amount) as margin_amount, sum(costed_amount) as costed_amount
    from filtered_account_months($from_date, $to_date, null, null, $categories, $product_ids, null)
    group by all
), placed as (
    select
        accounts.account_key, accounts.account_id,
        case
            when accounts.kind = 'outlet' then ($to_date::date - interval 1 month)::date
            else months.month
        end as month,
        months.quantity, months.net_amount, months.margin_amount, months.costed_amount
    from months
    inner join visible_accounts as accounts on accounts.account_key = months.account_key
    where accounts.kind is distinct from 'outlet' or months.month >= ($to_date::date - interval 12 month)::date
)
select
    account_id, month,
    sum(quantity)::double as quantity,
    sum(net_amount)::double as net_sales,
    sum(margin_amount)::double as margin,
    sum(costed_amount)::double as costed_sales
from placed
group by account_key, account_id, month
order by account_key, month
