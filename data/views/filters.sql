-- What the filters mean, once: regions, accounts and products within them, and whether a row is one of them. Null = no filter, an empty
-- list = nothing. Names that begin with is_ look keys up in lists that see everything: they are parts of the filtered_* macros, and a question
-- may ask them only of rows that a visible_* view or a filtered_* macro gave it. Most of a small question's time is binding them, so that
-- data/short_forms.sql has a short form of each for filters that ask nothing of it.

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
