-- Question: which deals are behind the stages?
-- Grain: one row per deal, at most $most per stage, the largest first.
-- Columns: opportunity_key, account_key, region_key, salesperson_key, product_key (the store's integers; 0 where nobody wrote one),
--   opportunity_id, source, product_id (as it is written), created_on, stage_number (at $until), entered_on (the stage; of a closed deal the day on
--   which it closed), days (in the stage), value (expected_amount), expected_close_on, lost_reason.
-- Parameters: created_from, created_to (deals created in this period; null = open), until (the last day that is looked at),
--   entered_from (first day of the stays that are looked at; null = any), is_open_only,
--   is_with_unstaged (deals in no stage yet, too), won, closed (numbers of the stage won; of won and lost), most (deals per stage).
-- Caveats: a deal in no stage yet has a null stage_number. Names are asked apart (measures/pipeline/named_deals.py).
with placed as (
    select
        opportunity_key, expected_amount, created_on, stage_number,
        case when list_contains($closed::integer[], stage_number) then since_on else entered_on end as entered_on
    from filtered_stage_spells_since(
        $created_from, $created_to, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
        $won::integer[], $closed::integer[]
    )
    where
        stood_in(began_on, left_on, $until)
        and ($is_with_unstaged or stage_number is not null)
        and ($entered_from is null or since_on >= $entered_from::date)
        and not ($is_open_only and list_contains($closed::integer[], coalesce(stage_number, 0)))
), ranked as (
    select
        *,
        row_number() over (partition by stage_number order by row(coalesce(expected_amount, -1), opportunity_key) desc) as place
    from placed
), chosen as (
    select * from ranked where place <= $most
)
select
    chosen.opportunity_key, deals.account_key, deals.region_key, deals.salesperson_key, deals.product_key,
    deals.opportunity_id, deals.source, deals.product_id, chosen.created_on, chosen.stage_number, chosen.entered_on,
    case when not coalesce(list_contains($closed::integer[], chosen.stage_number), false) then date_diff('day', chosen.entered_on, $until::date) end::bigint as days,
    chosen.expected_amount::double as value, deals.expected_close_on, deals.lost_reason
from chosen
inner join visible_opportunities as deals on deals.opportunity_key = chosen.opportunity_key
order by chosen.expected_amount desc nulls last, chosen.opportunity_key desc
