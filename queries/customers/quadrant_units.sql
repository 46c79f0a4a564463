-- Question: how many units did each account buy in each month, by the accounts' keys?
-- Grain: account × salesperson × month with a sale, in no order.
-- Columns: account_key, month, quantity (ten-thousandths of a sales unit, whole numbers that add up exactly).
-- Caveats: whole months of any product (of some products: customers/quadrant_units_of_products). Net of returns, so a month may be negative.
--   Years of units say how steadily an account buys; money, of which the last year is enough, is customers/quadrant_money.
select account_key, month, (quantity * 10000)::bigint as quantity
from filtered_booked_months($from_date, $to_date, $region_ids, $account_ids, $salesperson_ids)
