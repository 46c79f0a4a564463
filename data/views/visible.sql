-- Row security, once: each table's rows of the cursor's scope (variable visible_region_keys). Unset means no rows. Key 0 is in the scope of
-- those who see the whole company, and of nobody else. A sale belongs to its account's region.
-- What data/older_layouts/ made for an older generation stays: `if not exists`.

create view if not exists visible_regions as
select * from store.regions where is_visible(region_key);

create view if not exists visible_accounts as
select * from store.accounts where is_visible(region_key);

create view if not exists visible_account_tree as
select tree.*
from store.account_tree as tree
inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
inner join visible_accounts as accounts on accounts.account_key = tree.account_key;

create view if not exists visible_salespeople as
select * from store.salespeople where is_visible(region_key);

create view if not exists visible_products as
select * from store.products where len(getvariable('visible_region_keys')) > 0;

create view if not exists visible_programmes as
select * from store.programmes where len(getvariable('visible_region_keys')) > 0;

-- What is personal is there for who asks for it and may see it (variable sees_personal; unset means no). Whether it is known is no secret.
create view if not exists visible_contacts as
select
    * replace (
        case when getvariable('sees_personal') then birthday end as birthday,
        case when getvariable('sees_personal') then interests end as interests
    ),
    birthday is not null as has_birthday,
    interests is not null as has_interests
from store.contacts
where is_visible(region_key);

create view if not exists visible_receivables as
select * from store.receivables where is_visible(region_key);

create view if not exists visible_activities as
select * from store.activities where is_visible(region_key);

create view if not exists visible_activity_month as
select * from store.activity_month where is_visible(region_key);

create view if not exists visible_opportunities as
select * from store.opportunities where is_visible(region_key);

create view if not exists visible_stage_events as
select * from store.stage_events where is_visible(region_key);

create view if not exists visible_stage_spells as
select * from store.stage_spells where is_visible(region_key);

create view if not exists visible_stage_moves as
select * from store.stage_moves where is_visible(region_key);

create view if not exists visible_deal_sources as
select * from store.deal_sources where is_visible(region_key);

create view if not exists visible_prospect_scores as
select * from store.prospect_scores where is_visible(region_key);

create view if not exists visible_prospect_ratings as
select * from store.prospect_ratings where is_visible(region_key);

create view if not exists visible_rated_indicators as
select * from store.rated_indicators where is_visible(region_key);

create view if not exists visible_prospect_stays as
select * from store.prospect_stays where is_visible(region_key);

create view if not exists visible_prospect_activities as
select * from store.prospect_activities where is_visible(region_key);

create view if not exists visible_account_first_sale as
select * from store.account_first_sale where is_visible(region_key);

create view if not exists visible_account_first_stage as
select * from store.account_first_stage where is_visible(region_key);

create view if not exists visible_targets as
select * from store.targets where is_visible(region_key);

create view if not exists visible_development_plans as
select * from store.development_plans where is_visible(region_key);

create view if not exists visible_wallet as
select * from store.wallet where is_visible(region_key);

-- A scheme without an account is open to all.
create view if not exists visible_rebates as
select * from store.rebates
where
    (account_key = 0 and len(getvariable('visible_region_keys')) > 0)
    or is_visible(region_key);

create view if not exists visible_order_lines as
select * from store.order_lines
where
    list_contains(getvariable('visible_region_keys'), 0)
    or account_key in (select account_key from visible_accounts where not list_contains(getvariable('visible_region_keys'), 0));

create view if not exists visible_account_days as
select * from store.account_day
where
    list_contains(getvariable('visible_region_keys'), 0)
    or account_key in (select account_key from visible_accounts where not list_contains(getvariable('visible_region_keys'), 0));

create view if not exists visible_visit_orders as
select * from store.visit_order_day where is_visible(region_key);

create view if not exists visible_programme_months as
select * from store.programme_month
where account_key in (select account_key from visible_accounts);

create view if not exists visible_purchase_months as
select * from store.purchase_month
where
    list_contains(getvariable('visible_region_keys'), 0)
    or account_key in (select account_key from visible_accounts where not list_contains(getvariable('visible_region_keys'), 0));

create view if not exists visible_order_line_counts as
select * from store.order_line_count where is_visible(region_key);

-- A rejected row may hold anybody's data, and a file's counts are the company's: only those who see everything see them.
create view if not exists visible_sources as
select * from store.sources where list_contains(getvariable('visible_region_keys'), 0);

create view if not exists visible_rejected_rows as
select * from store.rejected_rows where list_contains(getvariable('visible_region_keys'), 0);

create view if not exists visible_generation as
select * from store.generation where len(getvariable('visible_region_keys')) > 0;
