-- Question: which moves between stages were made in the period?
-- Grain: one row per stage left × stage entered (stage is null where a deal begins).
-- Columns: stage (left), next_stage (entered), moves, value (expected_amount of the deals that moved).
-- Caveats: a move belongs to the day on which the next stage was entered.
with deals as (
    select opportunity_key, expected_amount
    from filtered_opportunities($region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
), moves as (
    select opportunity_key, stage, next_stage, left_on as moved_on from visible_stage_spells where left_on is not null
    union all
    select opportunity_key, null as stage, stage as next_stage, entered_on as moved_on from visible_stage_spells where spell = 1
)
select
    moves.stage, moves.next_stage, count(*)::bigint as moves, coalesce(sum(deals.expected_amount), 0)::double as value
from moves
inner join deals on deals.opportunity_key = moves.opportunity_key
where ($from_date is null or moves.moved_on >= $from_date) and ($to_date is null or moves.moved_on < $to_date)
group by all
order by moves.stage, moves.next_stage
