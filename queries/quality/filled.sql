-- Question: how many rows does each table have, and in how many is each optional column filled?
-- Grain: table × optional column.
-- Columns: table_name, rows, column_name, filled (rows with a value).
-- Caveats: the rows that the viewer sees; required columns are always filled. products and programmes belong to all.
with counts as (
    select 'regions' as table_name, count(*) as rows, map {'parent_region_id': count(parent_region_id)} as filled
    from visible_regions
    union all
    select 'salespeople', count(*), map {'region_id': count(region_id), 'manager_id': count(manager_id), 'role': count(role),
        'email': count(email)}
    from visible_salespeople
    union all
    select 'accounts', count(*), map {'kind': count(stated_kind), 'parent_account_id': count(parent_account_id),
        'region_id': count(region_id), 'salesperson_id': count(salesperson_id), 'channel': count(channel), 'city': count(city),
        'latitude': count(latitude), 'longitude': count(longitude), 'opened_on': count(opened_on), 'credit_limit': count(credit_limit), 'payment_terms_days': count(payment_terms_days),
        'reference_value': count(reference_value), 'strategic': count(strategic)}
    from visible_accounts
    union all
    select 'contacts', count(*), map {'role': count(role), 'email': count(email), 'phone': count(phone),
        'birthday': count_if(has_birthday)::bigint, 'interests': count_if(has_interests)::bigint}
    from visible_contacts
    union all
    select 'products', count(*), map {'category': count(category), 'brand': count(brand), 'unit_volume': count(unit_volume),
        'list_price': count(list_price), 'unit_cost': count(unit_cost), 'standardisation': count(standardisation),
        'launched_on': count(launched_on), 'discontinued_on': count(discontinued_on)}
    from visible_products
    union all
    select 'transactions', coalesce(sum(line_count), 0)::bigint, map {'order_id': coalesce(sum(with_order), 0)::bigint,
        'salesperson_id': coalesce(sum(with_salesperson), 0)::bigint, 'cost_amount': coalesce(sum(with_cost), 0)::bigint,
        'promotion_id': coalesce(sum(with_promotion), 0)::bigint}
    from visible_order_line_counts
    union all
    select 'receivables', count(*), map {'issued_on': count(issued_on), 'paid_on': count(paid_on)} from visible_receivables
    union all
    select 'activities', count(*), map {'account_id': count(account_id), 'salesperson_id': count(salesperson_id),
        'kind': count(kind), 'planned_on': count(planned_on), 'outcome': count(outcome), 'hours': count(hours), 'cost': count(cost)}
    from visible_activities
    union all
    select 'opportunities', count(*), map {'account_id': count(account_id), 'salesperson_id': count(salesperson_id),
        'source': count(source), 'product_id': count(product_id), 'expected_amount': count(expected_amount),
        'expected_close_on': count(expected_close_on), 'closed_on': count(closed_on), 'lost_reason': count(lost_reason)}
    from visible_opportunities
    union all
    select 'stage_events', count(*), map {}::map(varchar, bigint) from visible_stage_events
    union all
    select 'prospect_scores', count(*), map {'scored_on': count(scored_on)} from visible_prospect_scores
    union all
    select 'targets', count(*), map {'amount': count(amount), 'quantity': count(quantity), 'region_id': count(region_id),
        'salesperson_id': count(salesperson_id), 'account_id': count(account_id), 'product_id': count(product_id)}
    from visible_targets
    union all
    select 'development_plans', count(*), map {'area': count(area), 'kind': count(kind), 'planned_visits': count(planned_visits),
        'planned_developments': count(planned_developments)}
    from visible_development_plans
    union all
    select 'wallet', count(*), map {'category': count(category), 'competitor': count(competitor), 'source': count(source)}
    from visible_wallet
    union all
    select 'programmes', count(*), map {'kind': count(kind), 'starts_on': count(starts_on), 'ends_on': count(ends_on), 'cost': count(cost)}
    from visible_programmes
    union all
    select 'rebates', count(*), map {'account_id': count(account_id), 'measure': count(measure), 'from_value': count(from_value),
        'rate': count(rate), 'retrospective': count(retrospective)}
    from visible_rebates
), columns as (
    select table_name, rows, unnest(map_entries(filled)) as entry from counts
)
select counts.table_name, counts.rows::bigint as rows, columns.entry.key as column_name, columns.entry.value::bigint as filled
from counts
left join columns on columns.table_name = counts.table_name
