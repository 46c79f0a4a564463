-- Question: which steps do the rebate schemes have?
-- Grain: step of a scheme, of one account or of all.
-- Columns: scheme_id, account_id (null: open to all), measure (net_sales, quantity, volume, growth, cumulative),
--   from_value (in the measure's unit; growth: as a share), rate (of net sales), retrospective (pays on everything, else on what lies above the step).
-- Caveats: a step that does not say what it measures is taken in net sales, one that does not say how it pays as retrospective.
select
    rebates.scheme_id, accounts.account_id, coalesce(rebates.measure, 'net_sales') as measure,
    coalesce(rebates.from_value, 0)::double as from_value, coalesce(rebates.rate, 0)::double as rate,
    coalesce(rebates.retrospective, true) as retrospective
from visible_rebates as rebates
left join visible_accounts as accounts on accounts.account_key = rebates.account_key
where rebates.account_key = 0 or accounts.account_key is not null
order by rebates.scheme_id, accounts.account_id, from_value
