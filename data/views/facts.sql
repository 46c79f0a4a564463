-- Deals, activities and targets within the filters, dates half-open [from_date, to_date).

create macro filtered_opportunities(region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select deals.*
from visible_opportunities as deals
where
    is_region_in(deals.region_key, region_ids)
    and is_named_account(deals.account_key, account_ids)
    and is_product_in(deals.product_key, categories, product_ids)
    and is_salesperson_in(deals.salesperson_key, salesperson_ids);

-- A deal's stays in its stages, of the deals within the filters and created in the period. The rows without left_on are the deals.
create macro filtered_stage_spells(
    created_from, created_to, region_ids, account_ids, categories, product_ids, salesperson_ids, sources, account_kinds, channels
) as table
select spells.*
from visible_stage_spells as spells
where
    (created_from is null or spells.created_on >= created_from::date)
    and (created_to is null or spells.created_on < created_to::date)
    and is_region_in(spells.region_key, region_ids)
    and is_named_account(spells.account_key, account_ids)
    and is_product_in(spells.product_key, categories, product_ids)
    and is_salesperson_in(spells.salesperson_key, salesperson_ids)
    and is_source_in(spells.source_key, sources)
    and is_of_customers(spells.account_key, account_kinds, channels);

-- Whether a stay went on after that day. As one comparison it lets the stays that ended before be skipped unread, which `is null or` does not.
create macro left_after(left_on, day) as coalesce(left_on, '9999-12-31'::date) > day::date;

-- Whether a deal stood in this stay on that day.
create macro stood_in(began_on, left_on, day) as began_on <= day::date and left_after(left_on, day);

-- Whether both numbers are of stages that mean the same end: won, or lost.
create macro is_same_end(one, other, won, closed) as
list_contains(closed, one) and list_contains(closed, other) and list_contains(won, one) = list_contains(won, other);

-- Stays that go on with an end in another word for it, such as "delivered" after "signed" where both mean won, by the numbers of the stages
-- won and of won and lost: with the day from which the deal stood in that end.
create macro continued_ends(won, closed) as table
with steps as (
    select opportunity_key, spell, began_on, spell - row_number() over (partition by opportunity_key order by spell) as run
    from visible_stage_spells
    where is_same_end(stage_number, next_number, won, closed)
)
select opportunity_key, spell + 1 as spell, min(began_on) over (partition by opportunity_key, run order by spell) as ended_on
from steps;

-- Deals' stays with since_on: from when the deal stood in the stage, or in the end for which the stage is another word, and never before it
-- was created. First all visible stays, then those of filtered_stage_spells and of visible_prospect_stays.
create macro visible_stage_spells_since(won, closed) as table
select spells.*, coalesce(ends.ended_on, spells.began_on) as since_on
from visible_stage_spells as spells
left join continued_ends(won, closed) as ends on ends.opportunity_key = spells.opportunity_key and ends.spell = spells.spell;

create macro filtered_stage_spells_since(
    created_from, created_to, region_ids, account_ids, categories, product_ids, salesperson_ids, sources, account_kinds, channels, won, closed
) as table
select spells.*, coalesce(ends.ended_on, spells.began_on) as since_on
from filtered_stage_spells(
    created_from, created_to, region_ids, account_ids, categories, product_ids, salesperson_ids, sources, account_kinds, channels
) as spells
left join continued_ends(won, closed) as ends on ends.opportunity_key = spells.opportunity_key and ends.spell = spells.spell;

create macro visible_prospect_stays_since(won, closed) as table
select stays.*, coalesce(ends.ended_on, stays.began_on) as since_on
from visible_prospect_stays as stays
left join continued_ends(won, closed) as ends on ends.opportunity_key = stays.opportunity_key and ends.spell = stays.spell;

create macro filtered_activities(from_date, to_date, region_ids, account_ids, salesperson_ids) as table
select activities.*
from visible_activities as activities
where
    (from_date is null or activities.happened_on >= from_date::date)
    and (to_date is null or activities.happened_on < to_date::date)
    and is_region_in(activities.region_key, region_ids)
    and is_named_account(activities.account_key, account_ids)
    and is_salesperson_in(activities.salesperson_key, salesperson_ids);

create macro filtered_targets(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select targets.*
from visible_targets as targets
where
    (from_date is null or targets.month >= date_trunc('month', from_date::date)::date)
    and (to_date is null or targets.month < to_date::date)
    and is_region_in(targets.region_key, region_ids)
    and is_named_account(targets.account_key, account_ids)
    and is_product_in(targets.product_key, categories, product_ids)
    and is_salesperson_in(targets.salesperson_key, salesperson_ids);
