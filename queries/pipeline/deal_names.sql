-- Question: which account and which salesperson do these deals name, as they were imported?
-- Grain: deal of $deals.
-- Columns: opportunity_key (the store's integer), stated_account_id, stated_salesperson_id.
-- Parameters: deals (opportunity keys).
-- Caveats: ids that the viewer may see nothing else of, and that may stand for nobody.
select opportunity_key, account_id as stated_account_id, salesperson_id as stated_salesperson_id
from visible_opportunities
where opportunity_key in (select unnest($deals::integer[]))
