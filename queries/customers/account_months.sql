-- Question: what did each account buy in each month?
-- Grain: account × month with a sale.
-- Columns: account_id, month, quantity (sales units), net_sales, margin (null where no cost is known), costed_sales (net sales of
--   lines with a known cost); money.
-- Caveats: net of returns, so a month may be negative.
with months as (
    select
        account_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount,
        sum(margin_amount) as margin_amount, sum(costed_amount) as costed_amount
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
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
order by accounts.account_key, months.month
