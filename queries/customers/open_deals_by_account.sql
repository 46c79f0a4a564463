-- Question: what do the open deals with each account amount to?
-- Grain: account with an open deal.
-- Columns: account_id, open_amount (expected amount of its open deals, money).
-- Parameters: ended (the words, in lower case, of the stages that end a deal).
-- Caveats: open now, whenever they were created: the period plays no part. A deal without an expected amount adds nothing.
select accounts.account_id, coalesce(sum(deals.expected_amount), 0)::double as open_amount
from filtered_stage_spells(null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null) as deals
inner join visible_accounts as accounts on accounts.account_key = deals.account_key
where deals.left_on is null and not coalesce(list_contains($ended, lower(trim(deals.last_stage))), false)
group by all
order by accounts.account_id
