-- Question: who was rated on what, how high, and when?
-- Grain: one score of an account on an indicator, in no order.
-- Columns: account_key, indicator_key (the store's integers: pipeline/rated_accounts and pipeline/indicators name them), score (0–100),
--   scored_on (null where nobody wrote it).
-- Parameters: until (the last day that is looked at).
-- Caveats: all visible scores, whatever the filters: chances are learnt from everything that the viewer sees.
select account_key, indicator_key, score::double as score, scored_on
from visible_prospect_ratings
where coalesce(scored_on, $until::date) <= $until::date
