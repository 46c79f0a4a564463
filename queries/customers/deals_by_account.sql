-- Question: how many deals with each account are open, and how many were won and lost in the period, by the accounts' keys?
-- Grain: account with a deal that is open or ended in the period; 0 stands for deals without one.
-- Columns: account_key, open_deals, open_amount (their expected amount, money), won, lost.
-- Parameters: won, lost (the words, in lower case, of the stages that end a deal).
-- Caveats: open now, whenever they were created. A deal without an expected amount adds nothing to the amount. Stages are told apart by
--   their numbers: of most deals, which ended long ago, no word is read.
with words as (
    select
        stage_number, list_contains($won, lower(trim(any_value(stage)))) as is_won,
        list_contains($lost, lower(trim(any_value(stage)))) as is_lost
    from visible_stage_moves
    group by stage_number
), ends as (
    select * from words
    where is_won or is_lost
)
select
    deals.account_key,
    count(*) filter (where ends.stage_number is null)::bigint as open_deals,
    coalesce(sum(deals.expected_amount) filter (where ends.stage_number is null), 0)::double as open_amount,
    count(*) filter (where ends.is_won)::bigint as won,
    count(*) filter (where ends.is_lost)::bigint as lost
from filtered_stage_spells(null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null) as deals
left join ends on ends.stage_number = deals.stage_number
where
    deals.left_on is null
    and (ends.stage_number is null or (deals.entered_on >= $from_date::date and deals.entered_on < $to_date::date))
group by deals.account_key
