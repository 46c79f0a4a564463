-- Question: how many outlets does each account supply, and how many of them buy?
-- Grain: account with outlets under it, at any depth.
-- Columns: account_key; outlets (all under it), seen_outlets (visited or sold to in the period), buying_outlets (sold to in the period, or
--   ordered at a visit), sold_outlets (sold to in the period).
-- Parameters: ordering (outcomes of activities that are an order, in small letters).
-- Caveats: an outlet under several accounts counts for each. An outlet that buys from its distributor leaves a trace only at a visit.
with sold as (
    select account_key
    from filtered_account_months($from_date, $to_date, null, null, $categories, $product_ids, null)
    group by all
    having sum(quantity) > 0
), visited as (
    select account_key, bool_or(list_contains($ordering::varchar[], lower(trim(outcome)))) as has_ordered
    from visible_activities
    where happened_on >= $from_date::date and happened_on < $to_date::date
    group by all
)
select
    tree.ancestor_key as account_key,
    count(*)::bigint as outlets,
    (count(*) filter (where sold.account_key is not null or visited.account_key is not null))::bigint as seen_outlets,
    (count(*) filter (where sold.account_key is not null or coalesce(visited.has_ordered, false)))::bigint as buying_outlets,
    count(sold.account_key)::bigint as sold_outlets
from visible_account_tree as tree
inner join visible_accounts as outlets on outlets.account_key = tree.account_key and outlets.kind = 'outlet'
left join sold on sold.account_key = tree.account_key
left join visited on visited.account_key = tree.account_key
where tree.ancestor_key != tree.account_key
group by all
order by tree.ancestor_key
