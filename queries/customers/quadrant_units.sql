-- Question: how many units did each account buy in each month, by the accounts' keys?
-- Grain: account × month with a sale, in no order.
-- Columns: account_key, month, quantity (sales units).
-- Caveats: net of returns, so a month may be negative. Years of units say how steadily an account buys; money, of which the last year is
--   enough, is customers/quadrant_money.
select account_key, month, sum(quantity)::double as quantity
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by all
