-- What a reader may ask. Row security and the filters live here, once.
--
-- visible_*: the rows of the cursor's scope (variable visible_region_keys). Unset means no rows. Key 0 is in the scope of those who see
-- the whole company, and of nobody else. A sale belongs to its account's region.
-- filtered_*: visible rows within the filters. Null = no filter, an empty list = nothing, dates half-open [from_date, to_date).
-- Whole months come from the roll-ups; the days of a month that the period cuts come from the order lines.
-- What data/older_layouts/ made for an older generation stays: `if not exists`.
-- Other names (is_…_in, edge_sales, finer_…, account_product_years) are parts of these and see everything: no question may read them. Most of a small question's
-- time is binding them, so that data/short_forms.sql has a short form of each for filters that ask nothing of it.

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

create macro filtered_regions(region_ids) as table
select regions.*
from visible_regions as regions
where region_ids is null or regions.region_key in (
    select tree.region_key
    from store.region_tree as tree
    inner join visible_regions as ancestors on ancestors.region_key = tree.ancestor_key
    where list_contains(region_ids, ancestors.region_id)
);

-- Whether a row's region is one of the filter's, or under one.
create macro is_region_in(key, region_ids) as
    region_ids is null or key in (select region_key from filtered_regions(region_ids));

-- Whether a row's account is one of the filter's, or under one.
create macro is_named_account(key, account_ids) as
    account_ids is null
    or key in (
        select tree.account_key
        from store.account_tree as tree
        inner join visible_accounts as ancestors on ancestors.account_key = tree.ancestor_key
        where list_contains(account_ids, ancestors.account_id)
    );

-- Accounts of the regions (with those under them) and of the accounts (with those under them).
create macro filtered_accounts(region_ids, account_ids) as table
select accounts.*
from visible_accounts as accounts
where is_region_in(accounts.region_key, region_ids) and is_named_account(accounts.account_key, account_ids);

create macro filtered_products(categories, product_ids) as table
select products.*
from visible_products as products
where
    (categories is null or list_contains(categories, products.category))
    and (product_ids is null or list_contains(product_ids, products.product_id));

-- Whether an account is of these kinds and channels (words in lower case).
create macro is_of_customers(key, account_kinds, channels) as
    (account_kinds is null and channels is null)
    or key in (
        select account_key from visible_accounts
        where
            (account_kinds is null or list_contains(account_kinds, lower(kind)))
            and (channels is null or list_contains(channels, lower(trim(channel))))
    );

-- Whether a deal comes from one of these sources (in lower case); an empty text stands for deals without one.
create macro is_source_in(key, sources) as
    sources is null
    or key in (select source_key from visible_deal_sources where list_contains(sources, coalesce(lower(trim(source)), '')));

-- How an activity ended: what stands after the last colon where its outcome names a programme first ("Summer guide: no answer").
create macro ending_of(outcome) as case when contains(outcome, ':') then trim(string_split(outcome, ':')[-1]) else outcome end;

-- Whether a sale is one of the filters' accounts, products, salespeople. Where nothing is asked for, the list to look in is empty and
-- the lookup costs nothing; a lookup that finds every row would cost more than the sum that follows.
create macro is_account_in(key, region_ids, account_ids) as
    (region_ids is null and account_ids is null and list_contains(getvariable('visible_region_keys'), 0))
    or key in (
        select account_key from filtered_accounts(region_ids, account_ids)
        where region_ids is not null or account_ids is not null or not list_contains(getvariable('visible_region_keys'), 0)
    );

create macro is_product_in(key, categories, product_ids) as
    (categories is null and product_ids is null)
    or key in (
        select product_key from filtered_products(categories, product_ids) where categories is not null or product_ids is not null
    );

create macro is_salesperson_in(key, salesperson_ids) as
    salesperson_ids is null
    or key in (select salesperson_key from store.salespeople where list_contains(salesperson_ids, salesperson_id));

-- The order lines within the filters, for drilling.
create macro filtered_order_lines(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select lines.*
from store.order_lines as lines
where
    (from_date is null or lines.sold_on >= from_date::date)
    and (to_date is null or lines.sold_on < to_date::date)
    and is_account_in(lines.account_key, region_ids, account_ids)
    and is_product_in(lines.product_key, categories, product_ids)
    and is_salesperson_in(lines.salesperson_key, salesperson_ids);

-- The lines of the days that the period cuts from its first and last month: [from_date, month's end) and [month's start, to_date).
create macro edge_sales(from_date, to_date) as table
select
    lines.account_key, lines.product_key, lines.salesperson_key, date_trunc('month', lines.sold_on)::date as month,
    lines.net_amount, lines.quantity, lines.quantity::double * products.unit_volume as volume,
    (lines.net_amount - lines.estimated_cost)::decimal(18, 4)
        as margin_amount,
    case when lines.is_costed then lines.net_amount else 0 end::decimal(18, 4) as costed_amount,
    case when lines.net_amount < 0 then lines.net_amount else 0 end::decimal(18, 4) as returned_amount,
    1::bigint as line_count
from store.order_lines as lines
inner join store.products as products on products.product_key = lines.product_key
where
    (
        from_date is not null and from_date::date != date_trunc('month', from_date::date)::date
        and lines.sold_on >= from_date::date
        and lines.sold_on < (date_trunc('month', from_date::date) + interval 1 month)::date
        and (to_date is null or lines.sold_on < to_date::date)
    ) or (
        to_date is not null and to_date::date != date_trunc('month', to_date::date)::date
        and lines.sold_on < to_date::date
        and lines.sold_on >= date_trunc('month', to_date::date)::date
        and (from_date is null or lines.sold_on >= from_date::date)
        -- a period inside one month is taken once, by the branch above
        and (
            from_date is null
            or from_date::date = date_trunc('month', from_date::date)::date
            or date_trunc('month', from_date::date) != date_trunc('month', to_date::date)
        )
    );

-- Grain: account × product × salesperson × month.
create macro filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select sales.*
from (
    select * from store.account_product_month
    where
        (from_date is null or month >= from_date::date)
        and (to_date is null or month < date_trunc('month', to_date::date)::date)
    union all
    select * from edge_sales(from_date, to_date)
) as sales
where
    is_account_in(sales.account_key, region_ids, account_ids)
    and is_product_in(sales.product_key, categories, product_ids)
    and is_salesperson_in(sales.salesperson_key, salesperson_ids);

create view if not exists account_product_years as
select * from store.account_product_year;

-- The same sales for questions that add whole years up: `month` is the first month of what a row holds, and only whole years may be told
-- apart by it; bought_month is the first with units bought. data/short_forms.sql reads the roll-up of years where the question's days begin one.
create macro filtered_sales_years(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select
    account_key, product_key, salesperson_key, month, net_amount, quantity, margin_amount, costed_amount, returned_amount,
    case when quantity > 0 then month end as bought_month
from filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids);

-- What the account roll-up can't tell: sales of some products, and the days of a month that the period cuts.
create macro finer_account_months(from_date, to_date, categories, product_ids) as table
select account_key, salesperson_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
from (
    select * from store.account_product_month
    where
        (categories is not null or product_ids is not null)
        and (from_date is null or month >= from_date::date)
        and (to_date is null or month < date_trunc('month', to_date::date)::date)
    union all
    select * from edge_sales(from_date, to_date)
)
where is_product_in(product_key, categories, product_ids);

-- Grain: account × salesperson × month (or finer); from the account roll-up unless products are filtered.
create macro filtered_account_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select sales.*
from (
    select
        account_key, salesperson_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
    from store.account_month
    where
        categories is null and product_ids is null
        and (from_date is null or month >= from_date::date)
        and (to_date is null or month < date_trunc('month', to_date::date)::date)
    union all
    select * from finer_account_months(from_date, to_date, categories, product_ids)
) as sales
where
    is_account_in(sales.account_key, region_ids, account_ids)
    and is_salesperson_in(sales.salesperson_key, salesperson_ids);

-- Orders that the account roll-up can't tell: of some products, and of the days of a month that the period cuts.
create macro finer_order_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select account_key, salesperson_key, date_trunc('month', sold_on)::date as month, count(distinct order_id)::bigint as order_count
from store.order_lines
where
    (
        categories is not null or product_ids is not null
        or (
            from_date is not null and from_date::date != date_trunc('month', from_date::date)::date
            and sold_on < (date_trunc('month', from_date::date) + interval 1 month)::date
        )
        or (
            to_date is not null and to_date::date != date_trunc('month', to_date::date)::date
            and sold_on >= date_trunc('month', to_date::date)::date
        )
    )
    and (quantity > 0 or net_amount > 0)
    and (from_date is null or sold_on >= from_date::date)
    and (to_date is null or sold_on < to_date::date)
    and is_account_in(account_key, region_ids, account_ids)
    and is_product_in(product_key, categories, product_ids)
    and is_salesperson_in(salesperson_key, salesperson_ids)
group by all;

-- Grain: account × salesperson × month with purchases: its distinct orders; returns are none. Products don't add up here, so a product filter counts on the order lines.
create macro filtered_order_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select account_key, salesperson_key, month, order_count
from store.account_month
where
    categories is null and product_ids is null
    and (order_count > 0 or net_amount > returned_amount or quantity > 0)
    and (from_date is null or month >= from_date::date)
    and (to_date is null or month < date_trunc('month', to_date::date)::date)
    and is_account_in(account_key, region_ids, account_ids)
    and is_salesperson_in(salesperson_key, salesperson_ids)
union all
select * from finer_order_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids);

-- What the region roll-up can't tell: sales to some accounts, of some salespeople, and on the days of a month that the period cuts.
create macro finer_product_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select
    accounts.region_key, sales.product_key, sales.month, sales.net_amount, sales.quantity, sales.volume,
    sales.margin_amount, sales.costed_amount, sales.returned_amount, sales.line_count
from filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as sales
inner join store.accounts as accounts on accounts.account_key = sales.account_key
where
    account_ids is not null or salesperson_ids is not null
    or from_date::date != date_trunc('month', from_date::date)::date
    or to_date::date != date_trunc('month', to_date::date)::date;

-- Grain: region × product × month (or finer); from the region roll-up unless accounts, salespeople or days ask for more.
create macro filtered_product_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select
    region_key, product_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
from store.region_product_month
where
    account_ids is null and salesperson_ids is null
    and (from_date is null or from_date::date = date_trunc('month', from_date::date)::date)
    and (to_date is null or to_date::date = date_trunc('month', to_date::date)::date)
    and (from_date is null or month >= from_date::date)
    and (to_date is null or month < to_date::date)
    and is_visible(region_key)
    and is_region_in(region_key, region_ids)
    and is_product_in(product_key, categories, product_ids)
union all
select * from finer_product_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids);

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
