-- Question: what became of the deals of the period, and which deals were open in it or after it?
-- Grain: deal that was created in the period, or was still open in its first month or later, in no order.
-- Columns: account_key (0 without an account), source_key (the store's integers; source_key is 0 without a source, and null where the deal is none
--   of the period and the filters: it shares in the work of the contacts with its account all the same), last_number (of the last stage; null
--   without one), expected_amount, created_on, since_on (when it came to its last stage, or to the end for which that is a word).
-- Parameters: won, closed (numbers of the stage won; of won and lost).
-- Caveats: the period and the filters choose the deals, all deals share. A deal that is created in the period closes in it or later.
select
    account_key,
    case
        when
            ($from_date is null or created_on >= $from_date::date) and ($to_date is null or created_on < $to_date::date)
            and is_region_in(region_key, $region_ids) and is_named_account(account_key, $account_ids)
            and is_product_in(product_key, $categories, $product_ids) and is_salesperson_in(salesperson_key, $salesperson_ids)
            and is_source_in(source_key, $sources) and is_of_customers(account_key, $account_kinds, $channels)
        then source_key
    end as source_key,
    last_number, expected_amount, created_on, since_on
from visible_stage_spells_since($won::integer[], $closed::integer[])
where
    left_on is null
    and (
        $from_date is null or since_on >= date_trunc('month', $from_date::date)
        or not coalesce(list_contains($closed::integer[], last_number), false)
    )
