-- Question: what was earned from each account in each month, by the accounts' keys?
-- Grain: account × salesperson × month with a sale, in no order.
-- Columns: account_key, month, net_sales, margin (null where no cost is known), costed_sales (net sales of lines with a known cost);
--   ten-thousandths of money, whole numbers that add up exactly.
-- Caveats: whole months of any product (of some products: customers/quadrant_money_of_products). Net of returns, so a month may be negative.
select
    account_key, month, (net_amount * 10000)::bigint as net_sales, (margin_amount * 10000)::bigint as margin,
    (costed_amount * 10000)::bigint as costed_sales
from filtered_booked_months($from_date, $to_date, $region_ids, $account_ids, $salesperson_ids)
