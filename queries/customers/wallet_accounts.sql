-- Question: who buys from us or is known to buy from competitors, how much lately, and what is their size?
-- Grain: account with a sale or with a wallet report in the period.
-- Columns: account_id, account, kind, channel, region_id, region; is_under (hangs under another account); credit_limit (money),
--   accounts_under (accounts directly under it); own (net sales of the period), month_1, month_2, month_3 (net sales of the last,
--   second last and third last month before $to_date), money; reported_months (months with a wallet report), last_report (the last of
--   them), source (of the largest amount reported; of equal ones the first by name), reported_amount (what is reported of these months, as in
--   customers/wallet_reports).
-- Caveats: a salesperson's filter keeps the accounts that are theirs and the sales that they made. Own is null where nothing was sold.
with sold as (
    select
        account_key, sum(net_amount) as net_amount,
        sum(net_amount) filter (where month = ($to_date::date - interval 1 month)::date) as month_1,
        sum(net_amount) filter (where month = ($to_date::date - interval 2 month)::date) as month_2,
        sum(net_amount) filter (where month = ($to_date::date - interval 3 month)::date) as month_3
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
), reports as (
    select account_key, month, category, max(amount) as amount, arg_min(source, row(-amount, source)) as source
    from visible_wallet
    where month >= $from_date and month < $to_date
    group by account_key, month, category, competitor
), reported as (
    select
        account_key, count(distinct month) as reported_months, max(month) as last_report, arg_min(source, row(-amount, source)) as source,
        sum(amount) filter (
            where ($categories is null and $product_ids is null)
            or category in (select category from filtered_products($categories, $product_ids))
        ) as reported_amount
    from reports
    group by account_key
), below as (
    select parent_account_key as account_key, count(*) as accounts_under
    from visible_accounts
    where parent_account_key > 0
    group by all
)
select
    accounts.account_id, accounts.account, accounts.kind, accounts.channel, regions.region_id, regions.region,
    accounts.parent_account_key > 0 as is_under,
    accounts.credit_limit::double as credit_limit,
    coalesce(below.accounts_under, 0)::double as accounts_under,
    sold.net_amount::double as own,
    coalesce(sold.month_1, 0)::double as month_1,
    coalesce(sold.month_2, 0)::double as month_2,
    coalesce(sold.month_3, 0)::double as month_3,
    coalesce(reported.reported_months, 0)::bigint as reported_months,
    reported.last_report, reported.source, coalesce(reported.reported_amount, 0)::double as reported_amount
from filtered_accounts($region_ids, $account_ids) as accounts
left join sold on sold.account_key = accounts.account_key
left join reported on reported.account_key = accounts.account_key
left join below on below.account_key = accounts.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
where
    sold.account_key is not null
    or (
        reported.account_key is not null
        and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
    )
order by accounts.account_key
