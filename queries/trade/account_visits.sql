-- Question: how often was each account visited in each month, by the accounts' keys?
-- Grain: account × month with a visit.
-- Columns: account_key, month, visits.
-- Caveats: whole months; visits to the account itself, whoever made them. Who the accounts are is seasons/account_people.
select account_key, month, sum(activity_count)::bigint as visits
from visible_activity_month
where
    kind = 'visit' and month >= $from_date::date and month < $to_date::date
    and account_key in (select account_key from filtered_accounts($region_ids, $account_ids))
group by all
order by account_key, month
