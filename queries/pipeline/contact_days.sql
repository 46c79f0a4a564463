-- Question: when was each account with an open deal in touch with us?
-- Grain: two-way contact with an account that has an open deal.
-- Columns: account_key (the store's integer), happened_on, is_own (the customer's own contact).
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost), one_way, own_touch (outcomes, lower case).
-- Caveats: a contact of anybody with the account counts. An activity is two-way unless its outcome ends as one of $one_way; a message
--   without an outcome is one-way. Unsorted: who asks sorts whole numbers faster (measures/pipeline/contact_runs.py).
with dealt as (
    select distinct account_key
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null
    )
    where
        account_key > 0 and created_on <= $until::date and coalesce(entered_on, created_on) <= $until::date and is_left_after(left_on, $until)
        and not list_contains($closed::integer[], coalesce(stage_number, 0))
        and account_key in (select account_key from visible_accounts)
)
select account_key, happened_on, coalesce(list_contains($own_touch, lower(trim(ending_of(outcome)))), false) as is_own
from visible_activities
where
    happened_on <= $until::date
    and account_key in (select account_key from dealt)
    and not coalesce(list_contains($one_way, lower(trim(ending_of(outcome)))), kind = 'message')
