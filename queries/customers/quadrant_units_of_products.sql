-- Question: how many units of some products did each account buy in each month, by the accounts' keys?
-- Grain: account × month with a sale, in no order.
-- Columns: account_key, month, quantity (ten-thousandths of a sales unit, whole numbers).
-- Caveats: as customers/quadrant_units, added up, because the roll-up has a row for each product.
select account_key, month, (sum(quantity)::decimal(18, 4) * 10000)::bigint as quantity
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by all
