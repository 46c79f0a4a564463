-- Question: what do we know of one account beside its orders, from first contact on?
-- Grain: one row.
-- Columns: has_touch (an activity or a score), has_deal (ever), has_open_deal.
-- Parameters: account_key (the store's integer), until (the last day that is looked at), closed (numbers of the stages won and lost).
-- Caveats: what happened after $until is left out, as in pipeline/life_deals and pipeline/life_touches.
with deals as (
    select not coalesce(list_contains($closed::integer[], stage_number), false) as is_open
    from visible_stage_spells
    where account_key = $account_key and stood_in(began_on, left_on, $until)
)
select
    exists (select 1 from visible_activity_month where account_key = $account_key and month <= $until::date)
    or exists (
        select 1 from visible_prospect_scores where account_key = $account_key and coalesce(scored_on, $until::date) <= $until::date
    ) as has_touch,
    count(*) > 0 as has_deal, coalesce(bool_or(is_open), false) as has_open_deal
from deals
