-- Question: what does each customer bring in the period, of everything that the viewer sees?
-- Grain: account with a sale in the period.
-- Columns: account_key (the store's integer), net_sales, margin (null where no cost is known), costed_sales (net sales of lines with a known cost), money.
-- Caveats: only the period narrows it: what a customer-to-be would bring is read from all customers. Of which kind they are is asked apart
--   (store/account_descriptions): to plan the join takes longer than the sums.
select
    account_key,
    sum(net_amount)::double as net_sales, sum(margin_amount)::double as margin, sum(costed_amount)::double as costed_sales
from filtered_account_months($from_date, $to_date, null, null, null, null, null)
group by account_key
order by account_key
