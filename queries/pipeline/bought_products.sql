-- Question: what did each account buy in a year?
-- Grain: account × product with a sale, in no order.
-- Columns: account_key, product_key (the store's integers), quantity (sales units), net_sales (the store's currency).
-- Caveats: of all accounts that the viewer sees, whatever the filters: they are the evidence, and no name leaves here. Net of returns;
--   from_date and to_date are first days of months.
select account_key, product_key, sum(quantity)::double as quantity, sum(net_amount)::double as net_sales
from filtered_sales_years($from_date, $to_date, null, null, null, null, null)
group by account_key, product_key
