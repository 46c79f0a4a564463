-- Question: how many deals with each account are open, and how many were won and lost in the period?
-- Grain: account with a deal that is open or ended in the period.
-- Columns: account_id, open_deals, open_amount (their expected amount, money), won, lost.
-- Parameters: won, lost (the words, in lower case, of the stages that end a deal).
-- Caveats: open now, whenever they were created. A deal without an expected amount adds nothing to the amount.
with stages as (
    select
        account_key, any_value(stage) as stage, entered_on >= $from_date::date and entered_on < $to_date::date as is_inside,
        count(*) as deals, sum(expected_amount) as amount
    from filtered_stage_spells(null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null)
    where left_on is null
    group by account_key, stage_number, is_inside
), deals as (
    select
        account_key, is_inside, deals, amount,
        coalesce(list_contains($won, lower(trim(stage))), false) as is_won,
        coalesce(list_contains($lost, lower(trim(stage))), false) as is_lost
    from stages
)
select
    accounts.account_id,
    coalesce(sum(deals.deals) filter (where not is_won and not is_lost), 0)::bigint as open_deals,
    coalesce(sum(deals.amount) filter (where not is_won and not is_lost), 0)::double as open_amount,
    coalesce(sum(deals.deals) filter (where is_won and is_inside), 0)::bigint as won,
    coalesce(sum(deals.deals) filter (where is_lost and is_inside), 0)::bigint as lost
from deals
inner join visible_accounts as accounts on accounts.account_key = deals.account_key
group by all
having count(*) filter (where is_inside or (not is_won and not is_lost)) > 0
order by accounts.account_id
