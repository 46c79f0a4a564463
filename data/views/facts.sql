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

-- Whether this is a deal's first stay and it had not come to it yet on that day: it stood in no stage then.
create macro is_before(created_on, entered_on, spell, day) as created_on <= day::date and entered_on > day::date and spell = 1;

-- Whether a deal stood in this stay on that day. Until it comes to its first stage it stands in none, and its first stay stands for that.
create macro stood_in(created_on, entered_on, left_on, spell, day) as
created_on <= day::date and left_after(left_on, day) and (coalesce(entered_on, created_on) <= day::date or spell = 1);

-- What is said of a stay on a day, such as its stage: null before it begins.
create macro as_entered(said, entered_on, day) as case when entered_on <= day::date then said end;

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
