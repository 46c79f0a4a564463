-- Question: what do the master data say of each account?
-- Grain: account.
-- Columns: account_key, account_id, account, kind, channel, region_id, region, opened_on, credit_limit (money), strategic (reason as stated),
--   reference_value (0–100).
-- Caveats: only accounts in the viewer's scope, with sales or without.
select
    accounts.account_key, accounts.account_id, accounts.account, accounts.kind, accounts.channel, regions.region_id, regions.region,
    accounts.opened_on,
    accounts.credit_limit::double as credit_limit, accounts.strategic, accounts.reference_value::double as reference_value
from visible_accounts as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
order by accounts.account_key
