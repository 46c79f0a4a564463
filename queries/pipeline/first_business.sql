-- Question: since when has each account done business with us?
-- Grain: account that bought or won a deal, in no order.
-- Columns: account_key (the store's integer), month_after (first day of the month after the first order or win).
-- Parameters: won (numbers of the stage won).
-- Caveats: all visible sales and wins, whatever the filters. Business is known by the month.
with days as (
    select account_key, first_sold_on as first_on from visible_account_first_sale
    union all
    select account_key, min(began_on) as first_on
    from visible_stage_spells
    where list_contains($won::integer[], stage_number) and account_key > 0
    group by account_key
)
select account_key, (date_trunc('month', min(first_on)) + interval 1 month)::date as month_after
from days
group by account_key
