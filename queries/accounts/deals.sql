-- Question: which deals are there with these accounts?
-- Grain: deal, in no order.
-- Columns: opportunity_id, account_key, product_key (the store's integers), created_on, source, expected_amount (the store's currency), stage
--   (the last one, null without stages), entered_on (into it).
-- Parameters: account_keys (the store's integers).
-- Caveats: won and lost are stages; every other deal is open. Deals of all periods.
select
    opportunity_id, account_key, product_key, created_on, source, expected_amount::double as expected_amount, stage, entered_on
from visible_stage_spells
where left_on is null and list_contains($account_keys::integer[], account_key)
