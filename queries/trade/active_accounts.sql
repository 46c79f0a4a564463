-- Question: how many accounts of each kind bought anything in the period, and for how much?
-- Grain: kind of account.
-- Columns: kind, accounts, net_sales (money, of all accounts of the kind).
-- Caveats: of the products within the filters; an account whose returns exceed its purchases does not count, its net sales do.
with bought as (
    select account_key, sum(quantity) as quantity, sum(net_amount) as net_amount
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by account_key
)
select
    accounts.kind,
    count(*) filter (where bought.quantity > 0)::bigint as accounts,
    sum(bought.net_amount)::double as net_sales
from bought
inner join visible_accounts as accounts on accounts.account_key = bought.account_key
group by all
order by accounts.kind
