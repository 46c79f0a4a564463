-- Question: which deals are open, for how long in their stage, and when was the customer last in touch?
-- Grain: open deal.
-- Columns: opportunity_id, account_id, account, region_id, region, salesperson_id, salesperson, source, product_id, product,
--   created_on, stage (null without stage events), entered_on (the stage), age_days (in the stage), value (expected_amount),
--   expected_close_on, last_contact_on (last two-way contact with the account), run_on (the contact with which the present run of
--   contacts began: before it there was silence for more than $protection_days, or nothing at all), before_on (the contact before
--   that silence), is_own_touch (the run began with the customer's own contact).
-- Parameters: until (the last day that is looked at), closed (stage texts of won and lost), one_way, own_touch (outcomes,
--   lower case), protection_days.
-- Caveats: a contact of anybody with the account counts. An activity is two-way unless its outcome is one of $one_way; a message
--   without an outcome is one-way. What the deal owes to its account is null where it has none.
with deals as (
    select opportunity_key, account_key, expected_amount, stage, entered_on
    from filtered_stage_spells(null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    where
        created_on <= $until::date
        and (stage is null or (entered_on <= $until::date and not list_contains($closed, stage)))
        and (left_on is null or left_on > $until::date)
), touches as (
    select
        account_key, happened_on, max(list_contains($own_touch, lower(trim(outcome)))) as is_own,
        lag(happened_on) over (partition by account_key order by happened_on) as before_on
    from visible_activities
    where
        happened_on <= $until::date and account_key > 0
        and account_key in (select account_key from deals)
        and not coalesce(list_contains($one_way, lower(trim(outcome))), kind = 'message')
    group by account_key, happened_on
), runs as (
    select
        account_key, max(happened_on) as last_contact_on,
        max(happened_on) filter (where begins) as run_on, max(before_on) filter (where begins) as before_on,
        max(happened_on) filter (where begins and is_own) as own_run_on
    from (select *, before_on is null or happened_on - before_on > $protection_days as begins from touches)
    group by account_key
)
select
    opportunities.opportunity_id, opportunities.account_id, accounts.account, regions.region_id, regions.region,
    coalesce(people.salesperson_id, opportunities.salesperson_id) as salesperson_id,
    coalesce(people.salesperson, opportunities.salesperson_id) as salesperson,
    opportunities.source, opportunities.product_id, products.product, opportunities.created_on, deals.stage, deals.entered_on,
    date_diff('day', deals.entered_on, $until::date)::bigint as age_days,
    deals.expected_amount::double as value, opportunities.expected_close_on,
    runs.last_contact_on, runs.run_on, runs.before_on, coalesce(runs.own_run_on = runs.run_on, false) as is_own_touch
from deals
inner join visible_opportunities as opportunities on opportunities.opportunity_key = deals.opportunity_key
left join visible_accounts as accounts on accounts.account_key = deals.account_key
left join visible_regions as regions on regions.region_key = opportunities.region_key
left join visible_salespeople as people on people.salesperson_key = opportunities.salesperson_key
left join visible_products as products on products.product_key = opportunities.product_key
left join runs on runs.account_key = deals.account_key
order by age_days desc nulls last, opportunities.opportunity_id
