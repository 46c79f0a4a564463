-- Question: which deals share in the work of the contacts with their account, from which day to which?
-- Grain: deal of an account, and once more with its source where it is one of the period; in no order.
-- Columns: account_key, source_key (the store's integers; null where the row tells that the deal shares in the contacts, whatever its source
--   and the period), first_on, last_on (between which it was open; the last one has no end yet where it is open: $as_of).
-- Parameters: as_of (last day of the data), closed (numbers of the stages won and lost).
-- Caveats: the period chooses the deals, all deals share. A deal of the period is open in none of the months before it, which are therefore
--   not looked at, nor are deals that closed before it. Telling the chosen deals twice takes half as long as looking them up.
with sharing as (
    select
        account_key, null::integer as source_key, greatest(created_on, $from_date::date) as first_on,
        created_on, entered_on, last_number
    from visible_stage_spells
    where
        left_on is null and account_key > 0
        and (
            $from_date is null or entered_on >= date_trunc('month', $from_date::date)
            or created_on >= date_trunc('month', $from_date::date)
            or list_contains($closed::integer[], last_number) is distinct from true
        )
    union all
    select account_key, source_key, created_on as first_on, created_on, entered_on, last_number
    from filtered_stage_spells(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and account_key > 0
)
select
    account_key, source_key, first_on,
    greatest(created_on, case when list_contains($closed::integer[], last_number) then entered_on else $as_of::date end) as last_on
from sharing
