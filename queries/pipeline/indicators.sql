-- Question: which indicators is anybody rated on?
-- Grain: indicator as it is written.
-- Columns: indicator_key (the store's integer), indicator (the user's own text), scores.
-- Caveats: all that the viewer sees, whatever the filters.
select indicator_key, indicator, sum(scores)::bigint as scores
from visible_rated_indicators
group by indicator_key, indicator
order by indicator_key
