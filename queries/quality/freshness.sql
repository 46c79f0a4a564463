-- Question: how recent is each table's data, and from whom?
-- Grain: table × sender.
-- Columns: table_name, sender, imported_at (UTC, of the latest file), files, rows (that the viewer sees), last_on (the last day that
--   the rows speak of; null for tables without days).
-- Caveats: senders and files are the company's: a viewer of some regions sees one row per table without them. Days to come
--   (targets, due days) count as they are.
with dated as (
    select 'transactions' as table_name, source_key, sum(line_count)::bigint as rows, max(last_sold_on) as last_on
    from visible_order_line_counts group by all
    union all
    select 'receivables', source_key, count(*), max(coalesce(paid_on, issued_on)) from visible_receivables group by all
    union all
    select 'activities', source_key, count(*), max(happened_on) from visible_activities group by all
    union all
    select 'opportunities', source_key, count(*), max(created_on) from visible_opportunities group by all
    union all
    select 'stage_events', source_key, count(*), max(entered_on) from visible_stage_events group by all
    union all
    select 'prospect_scores', source_key, count(*), max(scored_on) from visible_prospect_scores group by all
    union all
    select 'targets', source_key, count(*), max(month) from visible_targets group by all
    union all
    select 'development_plans', source_key, count(*), max(month) from visible_development_plans group by all
    union all
    select 'wallet', source_key, count(*), max(month) from visible_wallet group by all
    union all
    select 'regions', source_key, count(*), null from visible_regions group by all
    union all
    select 'salespeople', source_key, count(*), null from visible_salespeople group by all
    union all
    select 'accounts', source_key, count(*), null from visible_accounts group by all
    union all
    select 'contacts', source_key, count(*), null from visible_contacts group by all
    union all
    select 'products', source_key, count(*), null from visible_products group by all
    union all
    select 'programmes', source_key, count(*), null from visible_programmes group by all
    union all
    select 'rebates', source_key, count(*), null from visible_rebates group by all
)
select
    dated.table_name, sources.sender, max(sources.imported_at) as imported_at,
    count(distinct sources.file_name)::bigint as files, sum(dated.rows)::bigint as rows, max(dated.last_on) as last_on
from dated
left join visible_sources as sources on sources.source_key = dated.source_key
group by all
order by dated.table_name, sources.sender
