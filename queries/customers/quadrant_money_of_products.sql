-- Question: what was earned from each account with some products in each month, by the accounts' keys?
-- Grain: account × month with a sale, in no order.
-- Columns: account_key, month, net_sales, margin (null where no cost is known), costed_sales (net sales of lines with a known cost);
--   ten-thousandths of money, whole numbers.
-- Caveats: as customers/quadrant_money, added up, because the roll-up has a row for each product.
select
    account_key, month,
    (sum(net_amount)::decimal(18, 4) * 10000)::bigint as net_sales,
    (sum(margin_amount)::decimal(18, 4) * 10000)::bigint as margin,
    (sum(costed_amount)::decimal(18, 4) * 10000)::bigint as costed_sales
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by all
