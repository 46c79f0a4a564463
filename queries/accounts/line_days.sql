-- Question: on which days did this account buy first and last?
-- Grain: one row; null without a line.
-- Columns: first_sold_on, last_sold_on (days with units bought, returns of the day subtracted), first_line_on, last_line_on (days with an
--   order line, a return perhaps).
-- Parameters: account_key (the store's integer).
-- Caveats: the account's own lines, of all periods. A day on which as much came back as was bought has lines and no units:
--   accounts/sale_days finds what was bought there.
select
    min(sold_on) filter (where quantity > 0) as first_sold_on, max(sold_on) filter (where quantity > 0) as last_sold_on,
    min(sold_on) as first_line_on, max(sold_on) as last_line_on
from visible_account_days
where account_key = $account_key
