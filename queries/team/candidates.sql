-- Question: which wholesalers have a network, and which wholesalers and outlets buy from competitors?
-- Grain: wholesaler with outlets under it, or wholesaler or outlet with a report of what it buys from competitors in the period.
-- Columns: account_id, account, kind, city, region, parent_account, salesperson; outlets_under; competitor_year (money a year, reported of
--   itself and of what hangs under it), competitor (the strongest of itself, null where nobody named it), reported_accounts (how many
--   were reported of), last_report; own_sales (its own orders in the period, money); visits, ordered_visits (in the period), last_visit_on.
-- Parameters: ordered_words (outcomes of a visit with an order, lower case).
-- Caveats: a year's amount is the mean of an account's reported months, times twelve. Distributors are prospects, not candidates.
with months as (
    select account_key, month, competitor, max(amount) as amount
    from visible_wallet
    where month >= $from_date::date and month < $to_date::date
    group by account_key, month, category, competitor
), reports as (
    select
        account_key, sum(amount) / count(distinct month) * 12 as amount, max(month) as last_report
    from months
    group by all
), strongest as (
    select account_key, arg_max_null(competitor, amount order by competitor) as competitor
    from (select account_key, competitor, sum(amount) as amount from months group by all)
    group by all
), below as (
    select
        tree.ancestor_key as account_key, count(*) filter (where tree.depth > 0 and accounts.kind = 'outlet') as outlets_under,
        sum(reports.amount) as amount, count(reports.account_key) as reported_accounts, max(reports.last_report) as last_report
    from visible_account_tree as tree
    inner join visible_accounts as accounts on accounts.account_key = tree.account_key
    left join reports on reports.account_key = tree.account_key
    group by all
), worked as (
    select
        account_key, count(*) as visits, max(happened_on) as last_visit_on,
        count(*) filter (where list_contains($ordered_words, lower(trim(outcome)))) as ordered_visits
    from visible_activities
    where happened_on >= $from_date::date and happened_on < $to_date::date and coalesce(kind, 'visit') = 'visit'
    group by all
), sold as (
    select account_key, sum(net_amount) as net_amount
    from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, null, null, null)
    group by all
)
select
    accounts.account_id, accounts.account, accounts.kind, accounts.city, regions.region, parents.account as parent_account, people.salesperson,
    below.outlets_under::bigint as outlets_under, coalesce(below.amount, 0)::double as competitor_year, strongest.competitor,
    below.reported_accounts::bigint as reported_accounts, below.last_report, coalesce(sold.net_amount, 0)::double as own_sales,
    coalesce(worked.visits, 0)::bigint as visits, coalesce(worked.ordered_visits, 0)::bigint as ordered_visits, worked.last_visit_on
from filtered_accounts($region_ids, $account_ids) as accounts
inner join below on below.account_key = accounts.account_key
left join strongest on strongest.account_key = accounts.account_key
left join worked on worked.account_key = accounts.account_key
left join sold on sold.account_key = accounts.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_accounts as parents on parents.account_key = accounts.parent_account_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
where
    ((accounts.kind = 'wholesaler' and below.outlets_under > 0) or (accounts.kind in ('wholesaler', 'outlet') and below.amount > 0))
    and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
order by accounts.account_id
