-- Question: how does each account answer us, by its key?
-- Grain: account with a contact in the period of which it is known how it ended.
-- Columns: account_key, contacts (activities that say how they ended), answered (of these not one of $unanswered and not one of
--   $complaints), complaints.
-- Parameters: unanswered, complaints (outcomes in small letters).
-- Caveats: activities know no product: they are the account's whole. All accounts that the viewer sees: who is asked about is chosen beside it.
with outcomes as (
    select
        account_key,
        list_contains($unanswered::varchar[], lower(trim(ending_of(outcome)))) as is_unanswered,
        list_contains($complaints::varchar[], lower(trim(ending_of(outcome)))) as is_complaint
    from visible_activities
    where happened_on >= $from_date::date and happened_on < $to_date::date and outcome is not null
)
select
    account_key, count(*)::bigint as contacts,
    count(*) filter (where not is_unanswered and not is_complaint)::bigint as answered,
    count(*) filter (where is_complaint)::bigint as complaints
from outcomes
group by account_key
