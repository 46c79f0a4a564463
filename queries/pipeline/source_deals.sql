-- Question: which deals share in the work of the contacts with their account, from which day to which?
-- Grain: deal of an account that was open in the period or after it, in no order.
-- Columns: account_key, source_key (the store's integers; source_key is null where the deal is none of the period and the filters: it shares
--   in the contacts all the same), first_on, last_on (between which it was open; the last one has no end yet where it is open: $as_of).
-- Parameters: as_of (last day of the data), won, closed (numbers of the stage won; of won and lost).
-- Caveats: the period and the filters choose the deals, all deals share. What is before the period is not looked at.
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
    greatest(created_on, $from_date::date) as first_on,
    greatest(created_on, case when list_contains($closed::integer[], last_number) then since_on else $as_of::date end) as last_on
from visible_stage_spells_since($won::integer[], $closed::integer[])
where
    left_on is null and account_key > 0
    and (
        $from_date is null or since_on >= date_trunc('month', $from_date::date)
        or created_on >= date_trunc('month', $from_date::date)
        or list_contains($closed::integer[], last_number) is distinct from true
    )
