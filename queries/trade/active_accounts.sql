-- Question: how many accounts of each kind bought anything in the period?
-- Grain: kind of account.
-- Columns: kind, accounts.
-- Caveats: of the products within the filters; an account whose returns exceed its purchases does not count.
with bought as (
    select account_key
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by account_key
    having sum(quantity) > 0
)
select accounts.kind, count(*)::bigint as accounts
from bought
inner join visible_accounts as accounts on accounts.account_key = bought.account_key
group by all
order by accounts.kind
