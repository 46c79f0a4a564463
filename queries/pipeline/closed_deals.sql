-- Question: which deals are closed on a day, and how did they end?
-- Grain: deal that is closed at $until, in no order.
-- Columns: opportunity_key (the store's integer, rising with the day of creation), account_key (the store's integer; 0 where nobody wrote
--   one), created_on, closed_on (from when it is won or lost), is_won, is_own (the account is of $account_kinds and $channels).
-- Parameters: until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: all visible deals, whatever the filters, as they stood on that day: a deal that was opened again by then is open. To sort so many
--   rows, to look up their accounts, or to tell what they are called (closed_ids.sql), would cost as much as to find them.
select
    opportunity_key, account_key, created_on, since_on as closed_on,
    list_contains($won::integer[], stage_number) as is_won,
    is_of_customers(account_key, $account_kinds, $channels) as is_own
from visible_stage_spells_since($won::integer[], $closed::integer[])
where
    stood_in(began_on, left_on, $until) and list_contains($closed::integer[], stage_number)
