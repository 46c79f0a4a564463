-- Question: who is this account?
-- Grain: one row per account asked for.
-- Columns: account_id, account, kind, channel, city, region_id, region, salesperson_id, salesperson, parent_account_id,
--   parent_account, opened_on, credit_limit (the store's currency), payment_terms_days, reference_value (0–100), strategic.
-- Caveats: the region is the one whose lead sees the account, if need be its parent's or its salesperson's.
select
    accounts.account_id, accounts.account, accounts.kind, accounts.channel, accounts.city,
    regions.region_id, regions.region,
    people.salesperson_id, people.salesperson,
    parents.account_id as parent_account_id, parents.account as parent_account,
    accounts.opened_on, accounts.credit_limit::double as credit_limit, accounts.payment_terms_days::double as payment_terms_days,
    accounts.reference_value::double as reference_value, accounts.strategic
from visible_accounts as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
left join visible_accounts as parents on parents.account_key = accounts.parent_account_key
where list_contains($account_ids, accounts.account_id)
order by accounts.account_id
