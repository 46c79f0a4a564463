-- Question: what was earned from each account in each month, by the accounts' keys?
-- Grain: account × month with a sale, in no order.
-- Columns: account_key, month, net_sales, margin (null where no cost is known), costed_sales (net sales of lines with a known cost); money.
-- Caveats: net of returns, so a month may be negative. Who the accounts are is customers/account_beginnings: a name on each of a hundred
--   thousand rows would take as long as the sums.
select
    account_key, month,
    sum(net_amount)::double as net_sales,
    sum(margin_amount)::double as margin,
    sum(costed_amount)::double as costed_sales
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by all
