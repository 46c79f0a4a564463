-- Question: how often was each account visited in each month?
-- Grain: account × month with a visit.
-- Columns: account_id, month, visits.
-- Caveats: whole months; visits to the account itself, whoever made them.
select accounts.account_id, visits.month, sum(visits.activity_count)::bigint as visits
from visible_activity_month as visits
inner join filtered_accounts($region_ids, $account_ids) as accounts on accounts.account_key = visits.account_key
where visits.kind = 'visit' and visits.month >= $from_date::date and visits.month < $to_date::date
group by all
order by accounts.account_id, visits.month
