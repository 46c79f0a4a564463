-- Question: what did each account buy lately, and what had it bought before the months that a test hides?
-- Grain: account × product that the account bought in the months looked at.
-- Columns: account_key, product_key (the store's integers), quantity (sales units), net_sales (the store's currency), both of
--   $window_from to $to_date; is_known (bought from $from_date up to $hidden_from), is_hidden (bought from $hidden_from on).
-- Parameters: window_from, hidden_from (first days of months).
-- Caveats: of all accounts that the viewer sees, whatever the filters: they are the evidence, and no name leaves here. Bought is more units
--   than came back; from_date and to_date are first days of months.
select
    account_key, product_key,
    coalesce(sum(quantity) filter (where month >= $window_from::date), 0)::double as quantity,
    coalesce(sum(net_amount) filter (where month >= $window_from::date), 0)::double as net_sales,
    coalesce(sum(quantity) filter (where month < $hidden_from::date), 0) > 0 as is_known,
    coalesce(sum(quantity) filter (where month >= $hidden_from::date), 0) > 0 as is_hidden
from filtered_sales_months($from_date, $to_date, null, null, null, null, null)
group by account_key, product_key
order by account_key, product_key
