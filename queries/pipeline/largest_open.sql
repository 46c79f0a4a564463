-- Question: which deals that are open on a day are the largest, and whose are they?
-- Grain: one of the $most largest open deals, the largest first; those without an amount come last.
-- Columns: opportunity_id, region_key, salesperson_key (the store's integers; 0 where nobody wrote one), account_id, account, salesperson_id (as it is
--   written), created_on, stage_number (the store's number of the stage, null without stage events), value (expected_amount, null where nobody wrote
--   one), expected_close_on.
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost), most.
-- Caveats: the expected amount and close are those of today; the stage is the one of $until. Names are looked up for these deals alone;
--   regions and people are named by store/regions and store/salespeople. A stay that goes on ends on the last of days: 'is null or later' would
--   have every stay read.
with largest as (
    select opportunity_key, opportunity_id, region_key, account_key, salesperson_key, created_on, stage_number, expected_amount, expected_close_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        created_on <= $until::date
        and (stage_number is null or (entered_on <= $until::date and not list_contains($closed::integer[], stage_number)))
        and coalesce(left_on, '9999-12-31'::date) > $until::date
    order by expected_amount desc nulls last, opportunity_id
    limit $most
)
select
    largest.opportunity_id, largest.region_key, largest.salesperson_key, deals.account_id, accounts.account, deals.salesperson_id,
    largest.created_on, largest.stage_number, largest.expected_amount::double as value, largest.expected_close_on
from largest
inner join visible_opportunities as deals on deals.opportunity_key = largest.opportunity_key
left join visible_accounts as accounts on accounts.account_key = largest.account_key
order by largest.expected_amount desc nulls last, largest.opportunity_id
