-- Question: what is open at the end of the period, and what closed in it?
-- Grain: one row.
-- Columns: created (deals), open, open_value (expected_amount), won, lost, won_value, lost_value, won_days (creation to win, summed).
-- Parameters: until (the last day that is looked at), won, lost (stage texts of these ends).
-- Caveats: as it was known on $until, whenever the deals were created: a deal that closed and came back before it is open.
with standing as (
    select
        created_on, entered_on, expected_amount as value,
        case
            when coalesce(list_contains($won, stage), false) then 'won' when coalesce(list_contains($lost, stage), false) then 'lost'
            else 'open'
        end as outcome,
        $from_date is null or coalesce(entered_on, created_on) >= $from_date::date as is_inside
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        created_on <= $until::date and coalesce(entered_on, created_on) <= $until::date
        and (left_on is null or left_on > $until::date)
)
select
    (count(*) filter (where $from_date is null or created_on >= $from_date::date))::bigint as created,
    (count(*) filter (where outcome = 'open'))::bigint as open,
    coalesce(sum(value) filter (where outcome = 'open'), 0)::double as open_value,
    (count(*) filter (where outcome = 'won' and is_inside))::bigint as won,
    (count(*) filter (where outcome = 'lost' and is_inside))::bigint as lost,
    coalesce(sum(value) filter (where outcome = 'won' and is_inside), 0)::double as won_value,
    coalesce(sum(value) filter (where outcome = 'lost' and is_inside), 0)::double as lost_value,
    coalesce(sum(date_diff('day', created_on, entered_on)) filter (where outcome = 'won' and is_inside), 0)::bigint as won_days
from standing
