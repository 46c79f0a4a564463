-- Question: what did the account, and those under it, order last?
-- Grain: order line, the newest $most.
-- Columns: transaction_id, order_id, sold_on, account_key, product_key, salesperson_key, programme_key (of the line's promotion; the store's
--   integers), quantity (sales units), net_amount, cost_amount (the store's currency).
-- Parameters: most (rows).
-- Caveats: returns are negative lines. Who asks gives a short period: lines lie by date, and years of everybody's would be read for one
--   account's.
select
    transaction_id, order_id, sold_on, account_key, product_key, salesperson_key, programme_key,
    quantity::double as quantity, net_amount::double as net_amount, cost_amount::double as cost_amount
from filtered_order_lines(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
order by sold_on desc, order_id desc, transaction_id
limit $most
