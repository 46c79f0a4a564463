-- Question: when was each account with an open deal last in touch, and with which contact did its present run of contacts begin?
-- Grain: account with an open deal and a two-way contact.
-- Columns: account_id, last_contact_on (last two-way contact), run_on (the contact with which the present run began: before it there was
--   silence for more than $protection_days, or nothing at all), before_on (the contact before that silence), is_own_touch (the run began
--   with the customer's own contact).
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost), one_way, own_touch (outcomes, lower case),
--   protection_days.
-- Caveats: a contact of anybody with the account counts. An activity is two-way unless its outcome is one of $one_way; a message
--   without an outcome is one-way.
with dealt as (
    select distinct account_key
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null
    )
    where
        account_key > 0 and created_on <= $until::date
        and (stage is null or (entered_on <= $until::date and not list_contains($closed::integer[], stage_number)))
        and (left_on is null or left_on > $until::date)
), touches as (
    select
        account_key, happened_on, max(list_contains($own_touch, lower(trim(outcome)))) as is_own,
        lag(happened_on) over (partition by account_key order by happened_on) as before_on
    from visible_activities
    where
        happened_on <= $until::date
        and account_key in (select account_key from dealt)
        and not coalesce(list_contains($one_way, lower(trim(outcome))), kind = 'message')
    group by account_key, happened_on
), runs as (
    select
        account_key, max(happened_on) as last_contact_on,
        max(happened_on) filter (where begins) as run_on, max(before_on) filter (where begins) as before_on,
        max(happened_on) filter (where begins and is_own) as own_run_on
    from (select *, before_on is null or happened_on - before_on > $protection_days as begins from touches)
    group by account_key
)
select
    accounts.account_id, runs.last_contact_on, runs.run_on, runs.before_on,
    coalesce(runs.own_run_on = runs.run_on, false) as is_own_touch
from runs
inner join visible_accounts as accounts on accounts.account_key = runs.account_key
order by accounts.account_id
