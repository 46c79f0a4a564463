-- Question: which deals share in the work of the contacts with their account, from which month to which?
-- Grain: deal of an account, in no order.
-- Columns: account_key, source_key (the store's integers; the source of deals of the period, null for others, which share in the contacts
--   without being asked for), first_month, last_month (in which it was open, as year × 12 + month; the last one has no end yet where it is
--   open: the month of $as_of).
-- Parameters: as_of (last day of the data), closed (numbers of the stages won and lost).
-- Caveats: the period chooses the deals, all deals share. A deal of the period is open in none of the months before it, which are therefore
--   not looked at, nor are deals that closed before it.
with chosen as (
    select opportunity_key, source_key
    from filtered_stage_spells(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and account_key > 0
), lately as (
    select
        deals.account_key, chosen.source_key, greatest(deals.created_on, $from_date::date) as first_on,
        greatest(
            deals.created_on, case when list_contains($closed::integer[], deals.last_number) then deals.entered_on else $as_of::date end
        ) as last_on
    from visible_stage_spells as deals
    left join chosen on chosen.opportunity_key = deals.opportunity_key
    where
        deals.left_on is null and deals.account_key > 0
        and (
            $from_date is null or deals.entered_on >= date_trunc('month', $from_date::date)
            or deals.created_on >= date_trunc('month', $from_date::date)
            or list_contains($closed::integer[], deals.last_number) is distinct from true
        )
)
select
    account_key, source_key,
    (year(first_on) * 12 + month(first_on))::integer as first_month, (year(last_on) * 12 + month(last_on))::integer as last_month
from lately
