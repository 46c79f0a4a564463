-- Question: how many wholesalers and outlets were opened under each account of these kinds in each month, and by whom?
-- Grain: account above × salesperson of the opened account × month of opening.
-- Columns: account_key (of the nearest account of $kinds above it; null where there is none), salesperson_id, month, opened.
-- Caveats: by the date that the accounts give as opened_on; accounts without one were not opened in any month. Who the accounts are:
--   seasons/account_people.
with above as (
    select tree.account_key, arg_min(tree.ancestor_key, tree.depth) as ancestor_key
    from visible_account_tree as tree
    inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
    where tree.depth > 0 and list_contains($kinds, ancestors.kind)
    group by all
)
select
    above.ancestor_key as account_key, people.salesperson_id,
    date_trunc('month', accounts.opened_on)::date as month,
    count(*)::bigint as opened
from filtered_accounts($region_ids, $account_ids) as accounts
left join above on above.account_key = accounts.account_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
where
    accounts.kind in ('wholesaler', 'outlet')
    and accounts.opened_on >= $from_date::date and accounts.opened_on < $to_date::date
    and ($salesperson_ids is null or list_contains($salesperson_ids, people.salesperson_id))
group by all
order by above.ancestor_key, people.salesperson_id, month
