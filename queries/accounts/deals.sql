-- Question: which deals are there with the account and those under it?
-- Grain: deal.
-- Columns: opportunity_id, account_id, account, created_on, source, product, expected_amount (the store's currency), stage (the last one,
--   null without stages), entered_on (into it).
-- Caveats: won and lost are stages; every other deal is open. Deals of all periods.
select
    deals.opportunity_id, accounts.account_id, accounts.account, deals.created_on, deals.source, products.product,
    deals.expected_amount::double as expected_amount, deals.stage, deals.entered_on
from filtered_stage_spells(null, null, null, $account_ids, null, null, null, null, null, null) as deals
inner join visible_accounts as accounts on accounts.account_key = deals.account_key
left join visible_products as products on products.product_key = deals.product_key
where deals.left_on is null
order by deals.created_on desc, deals.opportunity_id
