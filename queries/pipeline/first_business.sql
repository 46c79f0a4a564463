-- Question: since when has each account done business with us?
-- Grain: account's first order, and first win by each word for it, in no order: the earliest counts.
-- Columns: account_key (the store's integer), month_after (first day of the month after it).
-- Parameters: won (numbers of the stage won).
-- Caveats: all visible sales and wins, whatever the filters. Business is known by the month.
with days as (
    select account_key, first_sold_on as first_on from visible_account_first_sale
    union all
    select account_key, first_on from visible_account_first_stage where list_contains($won::integer[], stage_number)
)
select account_key, (date_trunc('month', first_on) + interval 1 month)::date as month_after
from days
