-- Question: how far have deals with accounts come that have not bought, and why were they lost?
-- Grain: account that has not bought by $until, with a deal created by then, in no order.
-- Columns: account_key (the store's integer), open_deals, open_value (expected_amount), first_deal_on (created), offered_on and near_on (first entry into the
--   stage number $offer_from, $near_from or a later one; won is after all), signed_on (last win), last_event_on (last entry into a
--   stage), lost_deals, lost_on and lost_reason (of the deal that was lost last, the later one of those of one day;
--   the reason is null where nobody wrote one of that deal).
-- Parameters: until (the last day that is looked at), stages (numbers of the stages in order), offer_from, near_from (places in that order
--   from 1), won, closed (numbers of the stage won; of won and lost).
-- Caveats: all visible accounts, whatever the filters; the expected amount and the reason are those of today.
with stays as (
    select
        opportunity_key, account_key, created_on, expected_amount, stage_number, entered_on, since_on, lost_reason,
        case when left_on <= $until::date then left_on end as left_on,
        case
            when list_contains($won::integer[], stage_number) then len($stages::integer[]) + 1
            else coalesce(list_position($stages::integer[], stage_number), 0)
        end as position
    from visible_prospect_stays_since($won::integer[], $closed::integer[])
    where
        (first_sold_on is null or first_sold_on > $until::date) and began_on <= $until::date
), marked as (
    select
        *, left_on is null and list_contains($closed::integer[], stage_number) and not list_contains($won::integer[], stage_number) as is_lost,
        left_on is null and not coalesce(list_contains($closed::integer[], stage_number), false) as is_open
    from stays
)
select
    account_key,
    (count(*) filter (where is_open))::bigint as open_deals,
    coalesce(sum(expected_amount) filter (where is_open), 0)::double as open_value,
    min(created_on) as first_deal_on,
    min(entered_on) filter (where position >= $offer_from) as offered_on,
    min(entered_on) filter (where position >= $near_from) as near_on,
    max(since_on) filter (where list_contains($won::integer[], stage_number)) as signed_on,
    max(coalesce(entered_on, created_on)) as last_event_on,
    (count(*) filter (where is_lost))::bigint as lost_deals,
    max(since_on) filter (where is_lost) as lost_on,
    arg_max_null(lost_reason, date_diff('day', date '0001-01-01', since_on) * 4294967296 + opportunity_key) filter (where is_lost) as lost_reason
from marked
group by account_key
