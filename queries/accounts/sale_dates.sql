-- Question: when did the account buy for the first and the last time?
-- Grain: one row.
-- Columns: first_sold_on, last_sold_on (null without a sale).
-- Caveats: the account's own order lines, of all periods and products; returns don't count.
select min(lines.sold_on) as first_sold_on, max(lines.sold_on) as last_sold_on
from visible_order_lines as lines
inner join visible_accounts as accounts on accounts.account_key = lines.account_key
where list_contains($account_ids, accounts.account_id) and lines.quantity > 0
