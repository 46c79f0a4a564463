-- Question: which moves between stages were made in the period?
-- Grain: one row per stage left × stage entered (stage is null where a deal begins).
-- Columns: stage (left), next_stage (entered), moves, value (expected_amount of the deals that moved).
-- Caveats: a move belongs to the day on which the next stage was entered. None is made before its deal was created,
--   whatever its stages say.
with spells as (
    select stage, next_stage, began_on, greatest(created_on, left_on) as moved_on, spell, left_on, expected_amount
    from filtered_stage_spells(
        null, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
), moves as (
    select stage, next_stage, moved_on, expected_amount from spells where left_on is not null and stage is not null
    union all
    select null as stage, stage as next_stage, began_on as moved_on, expected_amount from spells where spell = 1
)
select stage, next_stage, count(*)::bigint as moves, coalesce(sum(expected_amount), 0)::double as value
from moves
where ($from_date is null or moved_on >= $from_date::date) and ($to_date is null or moved_on < $to_date::date)
group by all
order by stage, next_stage
