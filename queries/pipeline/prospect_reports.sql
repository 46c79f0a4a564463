-- Question: what do accounts buy of others that have not bought?
-- Grain: account that has not bought by $until, with a report by then, in no order.
-- Columns: account_key (the store's integer), reported (money, summed over reported_months), reported_months, first_report, last_report (months).
-- Parameters: until (the last day that is looked at), wallet_months.
-- Caveats: all visible accounts, whatever the filters; reports are those of the wallet_months up to the account's last one. Where two sources
--   report the same month, category and competitor, the larger amount counts.
with reports as (
    select account_key, month, max(amount) as amount
    from visible_wallet
    where
        month <= $until::date
        and account_key not in (select account_key from visible_account_first_sale where first_sold_on <= $until::date)
    group by account_key, month, category, competitor
), lasts as (
    select account_key, max(month) as last_month from reports group by account_key
)
select
    account_key, sum(amount)::double as reported, count(distinct month)::bigint as reported_months,
    min(month) as first_report, max(month) as last_report
from reports
inner join lasts using (account_key)
where date_diff('month', month, last_month) < $wallet_months
group by account_key
