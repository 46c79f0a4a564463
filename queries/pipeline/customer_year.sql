-- Question: what does each customer bring in the period, of everything that the viewer sees?
-- Grain: account with a sale in the period.
-- Columns: kind, net_sales, margin (null where no cost is known), costed_sales (net sales of lines with a known cost), money.
-- Caveats: only the period narrows it: what a customer-to-be would bring is read from all customers.
select
    accounts.kind,
    sum(sales.net_amount)::double as net_sales, sum(sales.margin_amount)::double as margin, sum(sales.costed_amount)::double as costed_sales
from filtered_account_months($from_date, $to_date, null, null, null, null, null) as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
group by accounts.account_key, accounts.kind
order by accounts.account_key
