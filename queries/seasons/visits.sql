-- Question: how many visits were made to each account of these kinds, and to what hangs under it, in each month, and by whom?
-- Grain: account × salesperson × month.
-- Columns: account_id (itself or the nearest account of $kinds above the visited one; null where there is none), salesperson_id,
--   salesperson, month, visits.
-- Caveats: whole months; who visited, not who is responsible.
with above as (
    select tree.account_key, arg_min(ancestors.account_id, tree.depth) as account_id
    from visible_account_tree as tree
    inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
    where list_contains($kinds, ancestors.kind)
    group by all
)
select above.account_id, people.salesperson_id, people.salesperson, visits.month, sum(visits.activity_count)::bigint as visits
from visible_activity_month as visits
inner join filtered_accounts($region_ids, $account_ids) as accounts on accounts.account_key = visits.account_key
left join above on above.account_key = visits.account_key
left join visible_salespeople as people on people.salesperson_key = visits.salesperson_key
where
    visits.kind = 'visit' and visits.month >= $from_date::date and visits.month < $to_date::date
    and ($salesperson_ids is null or list_contains($salesperson_ids, people.salesperson_id))
group by all
order by above.account_id, people.salesperson_id, visits.month
