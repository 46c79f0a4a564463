-- Question: when was the last deal created?
-- Grain: one row.
-- Columns: last_created_on (null without a deal).
-- Caveats: all visible deals, whatever the filters.
select max(created_on) as last_created_on from visible_opportunities
