-- Short forms of the parts of data/views/, each for filters that ask nothing of that part: a name is looked up along the cursor's search
-- path when a question is bound, so that a schema put before `main` replaces the full form (queries/shape.py chooses).
--
-- A short form chosen by mistake finds no rows, never too many: each repeats what must hold. Only plain_ends, which rests on the data and not
-- on the filters, cannot: chosen by mistake it dates an end by its last word.

-- Of those who see everything no account needs to be looked up, whatever they filter.
create schema sees_everything;
create view sees_everything.visible_account_tree as
select * from store.account_tree where list_contains(getvariable('visible_region_keys'), 0);
create view sees_everything.visible_order_lines as
select * from store.order_lines where list_contains(getvariable('visible_region_keys'), 0);
create view sees_everything.visible_account_days as
select * from store.account_day where list_contains(getvariable('visible_region_keys'), 0);

create schema everybody;
create macro everybody.is_account_in(key, region_ids, account_ids) as
    region_ids is null and account_ids is null and list_contains(getvariable('visible_region_keys'), 0);

create schema any_region;
create macro any_region.is_region_in(key, region_ids) as region_ids is null;

create schema any_account;
create macro any_account.is_named_account(key, account_ids) as account_ids is null;

-- The cursor knows the keys of the regions and accounts that the filters name (queries/cursors.py): nothing needs to be looked up.
create schema known_regions;
create macro known_regions.is_region_in(key, region_ids) as
    region_ids is null
    or (region_ids = getvariable('chosen_regions').ids and list_contains(getvariable('chosen_regions').keys, key));

create schema known_accounts;
create macro known_accounts.is_named_account(key, account_ids) as
    account_ids is null
    or (account_ids = getvariable('chosen_accounts').ids and list_contains(getvariable('chosen_accounts').keys, key));

-- For those who see everything, without regions.
create schema only_known_accounts;
create macro only_known_accounts.is_account_in(key, region_ids, account_ids) as
    region_ids is null and list_contains(getvariable('visible_region_keys'), 0)
    and (
        account_ids is null
        or (account_ids = getvariable('chosen_accounts').ids and list_contains(getvariable('chosen_accounts').keys, key))
    );

create schema any_product;
create macro any_product.is_product_in(key, categories, product_ids) as categories is null and product_ids is null;

create schema any_salesperson;
create macro any_salesperson.is_salesperson_in(key, salesperson_ids) as salesperson_ids is null;

create schema any_customers;
create macro any_customers.is_of_customers(key, account_kinds, channels) as account_kinds is null and channels is null;

create schema any_source;
create macro any_source.is_source_in(key, sources) as sources is null;

-- No deal went on from one word for an end to another (queries/shape.py, PlainEnds).
create schema plain_ends;
create macro plain_ends.visible_stage_spells_since(won, closed) as table
select *, began_on as since_on from visible_stage_spells;
create macro plain_ends.filtered_stage_spells_since(
    created_from, created_to, region_ids, account_ids, categories, product_ids, salesperson_ids, sources, account_kinds, channels, won, closed
) as table
select *, began_on as since_on
from filtered_stage_spells(
    created_from, created_to, region_ids, account_ids, categories, product_ids, salesperson_ids, sources, account_kinds, channels
);
create macro plain_ends.visible_prospect_stays_since(won, closed) as table
select *, began_on as since_on from visible_prospect_stays;

-- The period cuts no month.
create schema whole_months;
create macro whole_months.edge_sales(from_date, to_date) as table
select * from store.account_product_month where false;

-- Whole months and any product: the account roll-up tells all.
create schema account_roll_up;
create macro account_roll_up.finer_account_months(from_date, to_date, categories, product_ids) as table
select account_key, salesperson_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
from store.account_month where false;
create macro account_roll_up.finer_order_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select account_key, salesperson_key, month, order_count from store.account_month where false;

-- Whole months, any account, any salesperson: the region roll-up tells all.
create schema region_roll_up;
create macro region_roll_up.finer_product_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select region_key, product_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
from store.region_product_month where false;

-- All days of the question begin a year of the roll-up. A year that the period cuts is left out.
create schema whole_years;
create macro whole_years.filtered_sales_years(
    from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids
) as table
select sales.*
from account_product_years as sales
where
    (from_date is null or sales.month >= from_date::date)
    and (to_date is null or sales.month <= (to_date::date - interval 12 month)::date)
    and is_account_in(sales.account_key, region_ids, account_ids)
    and is_product_in(sales.product_key, categories, product_ids)
    and is_salesperson_in(sales.salesperson_key, salesperson_ids);
