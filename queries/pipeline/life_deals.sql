-- Question: with which accounts has there been a deal by a day, and what is still open with them?
-- Grain: account with a deal that was created by $until.
-- Columns: account_key (the store's integer), has_open_deal, open_value (expected_amount of the open deals).
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost).
-- Caveats: a filter by product or salesperson narrows the deals, whoever's the account is.
with deals as (
    select account_key, expected_amount, not coalesce(list_contains($closed::integer[], stage_number), false) as is_open
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null
    )
    where stood_in(began_on, left_on, $until) and account_key > 0
)
select account_key, bool_or(is_open) as has_open_deal, coalesce(sum(expected_amount) filter (where is_open), 0)::double as open_value
from deals
group by account_key
