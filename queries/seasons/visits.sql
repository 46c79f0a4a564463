-- Question: how many visits were made to each account of these kinds, and to what hangs under it, in each month, and by whom?
-- Grain: account × salesperson × month.
-- Columns: account_key (of itself or the nearest account of $kinds above the visited one; null where there is none), salesperson_id, month,
--   visits.
-- Caveats: whole months; who visited, not who is responsible. Who the accounts are: seasons/account_people.
with above as (
    select tree.account_key, arg_min(tree.ancestor_key, tree.depth) as ancestor_key
    from visible_account_tree as tree
    inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
    where list_contains($kinds, ancestors.kind)
    group by all
), people as (
    select salesperson_key, salesperson_id from visible_salespeople
), done as (
    select above.ancestor_key as account_key, people.salesperson_key, visits.month, sum(visits.activity_count)::bigint as visits
    from visible_activity_month as visits
    left join above on above.account_key = visits.account_key
    left join people on people.salesperson_key = visits.salesperson_key
    where
        visits.kind = 'visit' and visits.month >= $from_date::date and visits.month < $to_date::date
        and visits.account_key in (select account_key from filtered_accounts($region_ids, $account_ids))
        and ($salesperson_ids is null or list_contains($salesperson_ids, people.salesperson_id))
    group by all
)
select done.account_key, people.salesperson_id, done.month, done.visits
from done
left join people on people.salesperson_key = done.salesperson_key
order by done.account_key, done.salesperson_key, done.month
