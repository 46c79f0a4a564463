-- Question: who was rated on what, how high, and when?
-- Grain: one score of an account on an indicator.
-- Columns: account_id, indicator (the user's own text), score (0–100), scored_on (null where nobody wrote it).
-- Parameters: until (the last day that is looked at).
-- Caveats: all visible scores, whatever the filters: chances are learnt from everything that the viewer sees.
select accounts.account_id, scores.indicator, scores.score::double as score, scores.scored_on
from visible_prospect_scores as scores
inner join visible_accounts as accounts on accounts.account_key = scores.account_key
where coalesce(scores.scored_on, $until::date) <= $until::date
order by accounts.account_id, scores.indicator, scores.scored_on
