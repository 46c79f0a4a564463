-- Question: how many deals with each account are open, and how many were won and lost in the period?
-- Grain: account with a deal that is open or ended in the period.
-- Columns: account_id, open_deals, open_amount (their expected amount, money), won, lost.
-- Parameters: won, lost (the words, in lower case, of the stages that end a deal).
-- Caveats: open now, whenever they were created. A deal without an expected amount adds nothing to the amount.
with deals as (
    select
        account_key, expected_amount, entered_on >= $from_date::date and entered_on < $to_date::date as is_inside,
        coalesce(list_contains($won, lower(trim(stage))), false) as is_won,
        coalesce(list_contains($lost, lower(trim(stage))), false) as is_lost
    from filtered_stage_spells(null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null)
    where left_on is null
)
select
    accounts.account_id,
    count(*) filter (where not is_won and not is_lost)::bigint as open_deals,
    coalesce(sum(deals.expected_amount) filter (where not is_won and not is_lost), 0)::double as open_amount,
    count(*) filter (where is_won and is_inside)::bigint as won,
    count(*) filter (where is_lost and is_inside)::bigint as lost
from deals
inner join visible_accounts as accounts on accounts.account_key = deals.account_key
group by all
having count(*) filter (where is_inside or (not is_won and not is_lost)) > 0
order by accounts.account_id
