-- Question: which rebate schemes hold for the account: its own and those open to all?
-- Grain: tier of a scheme.
-- Columns: scheme_id, is_own (made for this account), measure (net_sales, quantity, volume), from_value (in that measure), rate (0–1),
--   retrospective (pays on everything once reached, else only beyond it).
-- Caveats: a scheme without a measure counts net sales; one that doesn't say is not retrospective.
select
    rebates.scheme_id, rebates.account_key > 0 as is_own, coalesce(rebates.measure, 'net_sales') as measure,
    coalesce(rebates.from_value, 0)::double as from_value, rebates.rate::double as rate, coalesce(rebates.retrospective, false) as retrospective
from visible_rebates as rebates
where
    rebates.rate is not null
    and (rebates.account_key = 0 or list_contains($account_ids, rebates.account_id))
order by is_own desc, rebates.scheme_id, from_value
