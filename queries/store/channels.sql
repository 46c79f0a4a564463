-- Question: how are the accounts' channels written?
-- Grain: text.
-- Columns: channel (as it is written: a channel may be several texts, measures/pipeline/spellings.py).
-- Caveats: only of accounts in the viewer's scope, whatever is filtered.
select distinct channel from visible_accounts where channel is not null order by channel
