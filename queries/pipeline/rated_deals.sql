-- Question: how did deals with rated accounts end, and were they the account's first business with us?
-- Grain: deal that is closed at $until and whose account was ever rated, in no order.
-- Columns: opportunity_key (the store's integer, rising with the day of creation), opportunity_id, account_key (the store's integer),
--   created_on, closed_on (entry into won or lost), is_won, is_first (the account had neither bought nor won a deal before the deal was
--   created), is_own (the account is of $account_kinds and $channels).
-- Parameters: until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: all visible deals, whatever the filters. Business is known by the month: a deal created in the month of the first one is
--   still a first. Deals that are open are not here: they are not lost. To sort so many rows would cost as much as to find them.
with first_wins as (
    select account_key, min(entered_on) as first_on from visible_stage_spells where list_contains($won::integer[], stage_number) group by account_key
), rated as (
    select
        ratings.account_key, (date_trunc('month', least(sales.first_sold_on, first_wins.first_on)) + interval 1 month)::date as month_after
    from (select distinct account_key from visible_prospect_ratings) as ratings
    left join visible_account_first_sale as sales on sales.account_key = ratings.account_key
    left join first_wins on first_wins.account_key = ratings.account_key
)
select
    deals.opportunity_key, deals.opportunity_id, deals.account_key, deals.created_on, deals.entered_on as closed_on,
    list_contains($won::integer[], deals.stage_number) as is_won,
    coalesce(deals.created_on < rated.month_after, true) as is_first,
    is_of_customers(deals.account_key, $account_kinds, $channels) as is_own
from visible_stage_spells as deals
inner join rated on rated.account_key = deals.account_key
where
    deals.entered_on <= $until::date and left_after(deals.left_on, $until)
    and list_contains($closed::integer[], deals.stage_number)
