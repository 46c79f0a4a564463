-- Question: which deals are behind the stages?
-- Grain: one row per deal, at most $most per stage, the largest first.
-- Columns: opportunity_id, account_id, account, region_id, region, salesperson_id, salesperson, source, product_id, product,
--   created_on, stage (at $until), entered_on (the stage), days (in the stage), value (expected_amount), expected_close_on, lost_reason.
-- Parameters: created_from, created_to (deals created in this period; null = open), until (the last day that is looked at),
--   is_open_only, closed (stage texts of won and lost), most (deals per stage).
-- Caveats: a deal without stage events has a null stage.
with deals as (
    select *
    from filtered_opportunities($region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    where ($created_from is null or created_on >= $created_from) and ($created_to is null or created_on < $created_to)
), placed as (
    select deals.opportunity_key, deals.expected_amount, deals.created_on, spells.stage, spells.entered_on
    from deals
    left join visible_stage_spells as spells
        on spells.opportunity_key = deals.opportunity_key
        and spells.entered_on <= $until::date
        and (spells.left_on is null or spells.left_on > $until::date)
    where not ($is_open_only and (spells.stage is null or list_contains($closed, spells.stage)))
), ranked as (
    select
        *,
        row_number() over (
            partition by stage order by expected_amount desc nulls last, created_on desc, opportunity_key
        ) as place
    from placed
)
select
    deals.opportunity_id, deals.account_id, accounts.account, regions.region_id, regions.region,
    coalesce(people.salesperson_id, deals.salesperson_id) as salesperson_id,
    coalesce(people.salesperson, deals.salesperson_id) as salesperson,
    deals.source, deals.product_id, products.product, deals.created_on, ranked.stage, ranked.entered_on,
    case when not list_contains($closed, ranked.stage) then date_diff('day', ranked.entered_on, $until::date) end::bigint as days,
    deals.expected_amount::double as value, deals.expected_close_on, deals.lost_reason
from ranked
inner join deals on deals.opportunity_key = ranked.opportunity_key
left join visible_accounts as accounts on accounts.account_key = deals.account_key
left join visible_regions as regions on regions.region_key = deals.region_key
left join visible_salespeople as people on people.salesperson_key = deals.salesperson_key
left join visible_products as products on products.product_key = deals.product_key
where ranked.place <= $most
order by deals.expected_amount desc nulls last, deals.created_on desc, deals.opportunity_id
