-- Question: how many visits were made to each account of these kinds, and to what hangs under it, in each month, and by whom?
-- Grain: account × salesperson × month, in no order.
-- Columns: account_key (of itself or the nearest account of $kinds above the visited one; null where there is none), salesperson_key (the
--   store's integers, 0 without a salesperson), month, visits.
-- Caveats: whole months; who visited, not who is responsible. Who the accounts are: seasons/account_people.
with above as (
    select tree.account_key, arg_min(tree.ancestor_key, tree.depth) as ancestor_key
    from visible_account_tree as tree
    inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
    where list_contains($kinds, ancestors.kind)
    group by all
)
select above.ancestor_key as account_key, visits.salesperson_key, visits.month, sum(visits.activity_count)::bigint as visits
from visible_activity_month as visits
left join above on above.account_key = visits.account_key
where
    visits.kind = 'visit' and visits.month >= $from_date::date and visits.month < $to_date::date and visits.account_key > 0
    and is_account_in(visits.account_key, $region_ids, $account_ids) and is_salesperson_in(visits.salesperson_key, $salesperson_ids)
group by all
