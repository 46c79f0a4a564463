-- Question: of which optional tables does the viewer see any row at all?
-- Grain: one row.
-- Columns: activities, deals, contacts, parents (an account that lies under another): true where there is one, whatever the filters.
-- Caveats: false says that nothing is known, so that no page counts as none what nobody told.
select
    exists (select 1 from visible_activities) as activities,
    exists (select 1 from visible_opportunities) as deals,
    exists (select 1 from visible_contacts) as contacts,
    exists (select 1 from visible_accounts where parent_account_key > 0) as parents
