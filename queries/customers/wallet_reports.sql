-- Question: what does each account buy from competitors, by category?
-- Grain: account × category × competitor × source.
-- Columns: account_id, category, competitor, source; amount (sum of the reported months' purchases, money).
-- Caveats: where two sources report the same month, category and competitor, the larger amount counts. Wallets know no product: a
--   product filter keeps the products' categories. A row of no category passes only where no product is filtered.
with reports as (
    select
        account_key, month, category, competitor, max(amount) as amount, arg_min_null(source, row(-amount, source)) as source
    from visible_wallet
    where month >= $from_date and month < $to_date
    group by all
)
select
    accounts.account_id, reports.category, reports.competitor, reports.source,
    sum(reports.amount)::double as amount
from reports
inner join filtered_accounts($region_ids, $account_ids) as accounts on accounts.account_key = reports.account_key
where
    ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
    and (
        ($categories is null and $product_ids is null)
        or reports.category in (select category from filtered_products($categories, $product_ids))
    )
group by all
order by accounts.account_id, reports.category, reports.competitor, reports.source
