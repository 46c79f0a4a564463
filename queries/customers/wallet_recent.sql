-- Question: how much did each account buy from us in each of the period's last three months?
-- Grain: account with a sale in them, in no order.
-- Columns: account_key (the store's integer), month_1, month_2, month_3 (net sales of the last, second last and third last month before
--   $to_date), money.
-- Caveats: a month before the period has nothing.
select
    account_key,
    coalesce(sum(net_amount) filter (where month = ($to_date::date - interval 1 month)::date), 0)::double as month_1,
    coalesce(sum(net_amount) filter (where month = ($to_date::date - interval 2 month)::date), 0)::double as month_2,
    coalesce(sum(net_amount) filter (where month = ($to_date::date - interval 3 month)::date), 0)::double as month_3
from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
where month >= ($to_date::date - interval 3 month)::date
group by account_key
