-- Question: through how many hands do we sell: which paths lead from us to accounts, and who is at their ends?
-- Grain: path of kinds from the first account below us to the account itself.
-- Columns: path (kinds with > between), level (accounts on the path: 1 buys of us), kind (of the last one); accounts, visited (with a visit in
--   the period), opened_count (in it), buying (with orders of their own in it); net_sales (money, of their own orders).
-- Caveats: paths of the accounts that the viewer sees. A supplied account's purchases are in the sales of the first one on its path.
with paths as (
    select tree.account_key, string_agg(ancestors.kind, ' > ' order by tree.depth desc) as path, count(*) as level
    from visible_account_tree as tree
    inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
    group by all
), visited as (
    select distinct account_key
    from filtered_activities($from_date, $to_date, $region_ids, $account_ids, $salesperson_ids)
    where coalesce(kind, 'visit') = 'visit'
), sold as (
    select account_key, sum(net_amount) as net_amount
    from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
)
select
    paths.path, paths.level::bigint as level, accounts.kind,
    count(*)::bigint as accounts,
    count(visited.account_key)::bigint as visited,
    (count(*) filter (
        where ($from_date is null or accounts.opened_on >= $from_date::date) and ($to_date is null or accounts.opened_on < $to_date::date)
    ))::bigint as opened_count,
    (count(*) filter (where sold.net_amount > 0))::bigint as buying,
    coalesce(sum(sold.net_amount), 0)::double as net_sales
from filtered_accounts($region_ids, $account_ids) as accounts
inner join paths on paths.account_key = accounts.account_key
left join visited on visited.account_key = accounts.account_key
left join sold on sold.account_key = accounts.account_key
where $salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id)
group by all
order by level, accounts desc, path
