-- Question: since when is there anything with each account beside orders and deals?
-- Grain: account with an activity or a score.
-- Columns: account_key (the store's integer), touched_on (the first month with an activity or the first day of a score, whichever is earlier; a
--   score without a day is taken as known from the beginning).
-- Caveats: all that the viewer sees, whatever the filters.
with touches as (
    select account_key, month as touched_on from visible_activity_month
    union all
    select account_key, coalesce(scored_on, '0001-01-01'::date) as touched_on from visible_prospect_scores
)
select account_key, min(touched_on) as touched_on
from touches
group by account_key
order by account_key
