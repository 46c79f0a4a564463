-- Question: how long do deals stay in each stage?
-- Grain: one row per stage × whole days × has_left × is_won: a histogram.
-- Columns: stage, days (in the stage, to $until while the deal is still there), has_left, is_won (the deal's last stage), stays,
--   value (expected_amount, once per stay).
-- Parameters: created_from, created_to (deals created in this period; null = open), entered_from (first day of entering),
--   until (the last day that is looked at), won (stage texts), closed (stage texts of won and lost).
-- Caveats: each stay counts by itself: a deal that came back to a stage has two. What happened after $until is left out.
with deals as (
    select opportunity_key, expected_amount
    from filtered_opportunities($region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    where ($created_from is null or created_on >= $created_from) and ($created_to is null or created_on < $created_to)
), winners as (
    select distinct opportunity_key from visible_stage_spells where left_on is null and list_contains($won, stage)
), stays as (
    select
        spells.stage, deals.expected_amount,
        winners.opportunity_key is not null as is_won,
        spells.left_on is not null and spells.left_on <= $until::date as has_left,
        date_diff('day', spells.entered_on, least(coalesce(spells.left_on, $until::date), $until::date)) as days
    from visible_stage_spells as spells
    inner join deals on deals.opportunity_key = spells.opportunity_key
    left join winners on winners.opportunity_key = spells.opportunity_key
    where
        spells.entered_on <= $until::date
        and ($entered_from is null or spells.entered_on >= $entered_from)
        and not list_contains($closed, spells.stage)
)
select
    stage, days::bigint as days, has_left, is_won, count(*)::bigint as stays, coalesce(sum(expected_amount), 0)::double as value
from stays
group by all
order by stage, days
