-- Question: how often was each account visited in each month?
-- Grain: account × month with a visit.
-- Columns: account_id, month, visits.
-- Caveats: whole months; visits to the account itself, whoever made them.
with months as (
    select account_key, month, sum(activity_count)::bigint as visits
    from visible_activity_month
    where kind = 'visit' and month >= $from_date::date and month < $to_date::date
    group by all
)
select accounts.account_id, months.month, months.visits
from months
inner join filtered_accounts($region_ids, $account_ids) as accounts on accounts.account_key = months.account_key
order by accounts.account_key, months.month
