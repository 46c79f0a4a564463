-- Question: how far do the data on customers-to-be reach?
-- Grain: one row.
-- Columns: last_on (the last day of a score, a wallet report's month, an activity or a deal's creation; null without any).
-- Caveats: all that the viewer sees, whatever the filters.
select max(days.last_on) as last_on
from (
    select max(scored_on) as last_on from visible_prospect_scores
    union all
    select max(month) as last_on from visible_wallet
    union all
    select max(month) as last_on from visible_activity_month
    union all
    select max(created_on) as last_on from visible_opportunities
) as days
