-- Question: what did the account, and those under it, order last?
-- Grain: order line, the newest $most.
-- Columns: transaction_id, order_id, sold_on, account_id, account, product_id, product, salesperson, quantity (sales units),
--   net_amount, cost_amount (the store's currency), programme (of the line's promotion).
-- Parameters: most (rows).
-- Caveats: returns are negative lines. Who asks gives a short period: lines lie by date, and years of everybody's would be read for one
--   account's.
select
    lines.transaction_id, lines.order_id, lines.sold_on, accounts.account_id, accounts.account,
    products.product_id, products.product, people.salesperson,
    lines.quantity::double as quantity, lines.net_amount::double as net_amount, lines.cost_amount::double as cost_amount,
    programmes.programme
from filtered_order_lines(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as lines
inner join visible_accounts as accounts on accounts.account_key = lines.account_key
inner join visible_products as products on products.product_key = lines.product_key
left join visible_salespeople as people on people.salesperson_key = lines.salesperson_key
left join visible_programmes as programmes on programmes.programme_key = lines.programme_key
order by lines.sold_on desc, lines.order_id desc, lines.transaction_id
limit $most
