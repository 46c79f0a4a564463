-- Question: when were accounts contacted that have not bought, and when did they answer or come of themselves?
-- Grain: account that has not bought by $until, with an activity by then, in no order.
-- Columns: account_key (the store's integer), touches, last_touch_on, answers, first_answer_on, last_answer_on (two-way contacts), own_on (first contact of
--   its own).
-- Parameters: until (the last day that is looked at), one_way, own_touch (outcomes, lower case).
-- Caveats: all visible accounts, whatever the filters. An activity is two-way unless its outcome ends as one of $one_way; a message without an outcome is one-way.
with touches as (
    select
        account_key, happened_on, list_contains($own_touch, ending_of(outcome)) as is_own,
        not coalesce(list_contains($one_way, ending_of(outcome)), kind = 'message', false) as is_answer
    from visible_prospect_activities
    where happened_on <= $until::date and (first_sold_on is null or first_sold_on > $until::date)
)
select
    account_key,
    count(*)::bigint as touches, max(happened_on) as last_touch_on,
    (count(*) filter (where is_answer))::bigint as answers,
    min(happened_on) filter (where is_answer) as first_answer_on,
    max(happened_on) filter (where is_answer) as last_answer_on,
    min(happened_on) filter (where is_own) as own_on
from touches
group by account_key
