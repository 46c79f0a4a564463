-- Question: how many deals with each account are open, and how many were won and lost in the period, by the accounts' keys?
-- Grain: account with a deal that is open or ended in the period; 0 stands for deals without one.
-- Columns: account_key, open_deals, open_amount (their expected amount, money), won, lost.
-- Parameters: won, closed (numbers of the stage won; of won and lost).
-- Caveats: open now, whenever they were created. A deal without an expected amount adds nothing to the amount.
with deals as (
    select
        account_key, expected_amount, since_on >= $from_date::date and since_on < $to_date::date as is_inside,
        coalesce(list_contains($closed::integer[], stage_number), false) as is_closed, list_contains($won::integer[], stage_number) as is_won
    from filtered_stage_spells_since(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null, $won::integer[], $closed::integer[]
    )
    where left_on is null
)
select
    account_key,
    count(*) filter (where not is_closed)::bigint as open_deals,
    coalesce(sum(expected_amount) filter (where not is_closed), 0)::double as open_amount,
    count(*) filter (where is_won)::bigint as won,
    count(*) filter (where is_closed and not is_won)::bigint as lost
from deals
where not is_closed or is_inside
group by account_key
