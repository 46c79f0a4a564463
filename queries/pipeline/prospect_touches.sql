-- Question: when were these accounts contacted, and when did they answer or come of themselves?
-- Grain: account of $prospects with an activity by $until.
-- Columns: account_id, touches, last_touch_on, answers, first_answer_on, last_answer_on (two-way contacts), own_on (first contact of
--   its own).
-- Parameters: until (the last day that is looked at), prospects (account ids), one_way, own_touch (outcomes, lower case).
-- Caveats: an activity is two-way unless its outcome is one of $one_way; a message without an outcome is one-way.
with touches as (
    select
        account_key, happened_on, list_contains($own_touch, lower(trim(outcome))) as is_own,
        not coalesce(list_contains($one_way, lower(trim(outcome))), kind = 'message', false) as is_answer
    from visible_activities
    where
        happened_on <= $until::date
        and account_key in (select account_key from visible_accounts where account_id in (select unnest($prospects::varchar[])))
)
select
    accounts.account_id,
    count(*)::bigint as touches, max(touches.happened_on) as last_touch_on,
    (count(*) filter (where touches.is_answer))::bigint as answers,
    min(touches.happened_on) filter (where touches.is_answer) as first_answer_on,
    max(touches.happened_on) filter (where touches.is_answer) as last_answer_on,
    min(touches.happened_on) filter (where touches.is_own) as own_on
from touches
inner join visible_accounts as accounts on accounts.account_key = touches.account_key
group by accounts.account_id
order by accounts.account_id
