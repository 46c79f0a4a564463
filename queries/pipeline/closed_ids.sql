-- Question: what are the deals called that ended since a day?
-- Grain: stay in won or lost since $since, in no order: a deal that ended more than once has several.
-- Columns: opportunity_key (the store's integer), opportunity_id.
-- Parameters: since, closed (numbers of the stages won and lost).
-- Caveats: all visible deals, whatever the filters. To read the texts of all closed deals takes longer than to find the deals.
select opportunity_key, opportunity_id
from visible_stage_spells
where entered_on >= $since::date and list_contains($closed::integer[], stage_number)
