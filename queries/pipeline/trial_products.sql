-- Question: which products had each account bought before the months that a test hides, and which did it buy in these?
-- Grain: account × product with a sale in the months looked at, in no order.
-- Columns: account_key, product_key (the store's integers), is_known (bought from $from_date up to $hidden_from), is_hidden (bought from
--   $hidden_from on).
-- Parameters: hidden_from (first day of a month).
-- Caveats: of all accounts that the viewer sees, whatever the filters, as pipeline/bought_products. Bought is more units than came back;
--   from_date and to_date are first days of months. What is known is all less what is hidden: a filter on a sum costs as much as the sum.
select
    account_key, product_key,
    sum(quantity) - coalesce(sum(quantity) filter (where month >= $hidden_from::date), 0) > 0 as is_known,
    coalesce(sum(quantity) filter (where month >= $hidden_from::date), 0) > 0 as is_hidden
from filtered_sales_months($from_date, $to_date, null, null, null, null, null)
group by account_key, product_key
