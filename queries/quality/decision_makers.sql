-- Question: of the accounts that bought, how many have a known decision maker?
-- Grain: region.
-- Columns: region_id and region (null for accounts of no region), accounts (with a sale in the period), known (of these, with a
--   contact whose role is decision maker).
-- Caveats: a returns-only account has no sale.
with buyers as (
    select account_key
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    where net_amount > returned_amount or quantity > 0
    group by account_key
)
select
    regions.region_id, regions.region, count(*)::bigint as accounts,
    (count(*) filter (
        where buyers.account_key in (select account_key from visible_contacts where role = 'decision maker')
    ))::bigint as known
from buyers
inner join visible_accounts as accounts on accounts.account_key = buyers.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
group by all
order by regions.region_id
