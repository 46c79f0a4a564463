-- Question: which ids do the words of a request stand for?
-- Grain: one row per given word and kind.
-- Columns: kind (region, account, category, product, salesperson), given (the word), identifier (null: nothing of that kind is seen).
-- Caveats: a word is an id or, failing that, an exact name; of several accounts with one name the first id counts.
-- Parameters: region_ids, account_ids, categories, product_ids, salesperson_ids (lists of words, or null).
with known as (
    select 'region' as kind, region_id as identifier, region as name from visible_regions
    union all
    select 'account' as kind, account_id as identifier, account as name from visible_accounts
    union all
    select distinct 'category' as kind, category as identifier, category as name from visible_products
    union all
    select 'product' as kind, product_id as identifier, product as name from visible_products
    union all
    select 'salesperson' as kind, salesperson_id as identifier, salesperson as name from visible_salespeople
), asked as (
    select 'region' as kind, unnest($region_ids::varchar[]) as given
    union all
    select 'account' as kind, unnest($account_ids::varchar[]) as given
    union all
    select 'category' as kind, unnest($categories::varchar[]) as given
    union all
    select 'product' as kind, unnest($product_ids::varchar[]) as given
    union all
    select 'salesperson' as kind, unnest($salesperson_ids::varchar[]) as given
)
select asked.kind, asked.given, coalesce(min(by_id.identifier), min(by_name.identifier)) as identifier
from asked
left join known as by_id on by_id.kind = asked.kind and by_id.identifier = asked.given
left join known as by_name on by_name.kind = asked.kind and by_name.name = asked.given
group by all
order by asked.kind, asked.given
