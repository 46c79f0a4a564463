-- Question: in which month did deals first come to each stage, and how many of them went on in time?
-- Grain: one row per month × position entered × furthest position before × its month × in_time.
-- Columns: month, position (1 for the first of $stages; won is one more than the last) that a deal came to for the first time,
--   furthest (the furthest position that it had reached before, 0 for none), furthest_month (in which it had come there),
--   in_time (it took at most $maturity_days from there), deals, value (expected_amount).
-- Parameters: stages (numbers of the stages in order), won (numbers of the stage won), maturity_days.
-- Caveats: deals created in the period. Stages between furthest and position were skipped: they count as passed in that month.
--   A deal that goes back and comes again is counted the first time only.
--   Deals that only went forward tell each move by the stay before it; the others are followed stay by stay.
with placed as (
    select
        opportunity_key, entered_on, left_on, spell, expected_amount,
        case
            when list_contains($won::integer[], stage_number) then len($stages::integer[]) + 1
            else coalesce(list_position($stages::integer[], stage_number), 0)
        end as position,
        case
            when next_number is null then null
            when list_contains($won::integer[], next_number) then len($stages::integer[]) + 1
            else coalesce(list_position($stages::integer[], next_number), 0)
        end as next_position
    from filtered_stage_spells(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where stage_number is not null
), turned as (
    select distinct opportunity_key
    from placed
    where next_position between 1 and position or (position = 0 and next_position is not null)
), straight as (
    select placed.* from placed anti join turned on turned.opportunity_key = placed.opportunity_key
), followed as (
    select
        placed.*,
        coalesce(max(position) over (
            partition by placed.opportunity_key order by spell rows between unbounded preceding and 1 preceding
        ), 0) as furthest
    from placed
    inner join turned on turned.opportunity_key = placed.opportunity_key
), moves as (
    select entered_on, position, 0 as furthest, null::date as furthest_on, expected_amount from straight where spell = 1 and position > 0
    union all
    select left_on as entered_on, next_position as position, position as furthest, entered_on as furthest_on, expected_amount
    from straight
    where next_position > position
    union all
    select entered_on, position, furthest, lag(entered_on) over (partition by opportunity_key order by spell) as furthest_on, expected_amount
    from followed
    where position > furthest
)
select
    date_trunc('month', entered_on)::date as month, position::bigint as position, furthest::bigint as furthest,
    date_trunc('month', furthest_on)::date as furthest_month,
    date_diff('day', furthest_on, entered_on) <= $maturity_days as in_time,
    count(*)::bigint as deals, coalesce(sum(expected_amount), 0)::double as value
from moves
group by all
order by all
