-- Question: on which days did this account buy first and last, in two spans of days?
-- Grain: one row per account asked for that bought something in the spans.
-- Columns: first_sold_on, last_sold_on (days with a line that is no return).
-- Parameters: first_from, first_to, last_from, last_to (the spans' first and last days).
-- Caveats: the account's own lines, of all periods. Lines lie by date: short spans are read quickly, whatever the store holds.
select min(lines.sold_on) as first_sold_on, max(lines.sold_on) as last_sold_on
from visible_order_lines as lines
where
    lines.account_key in (select account_key from visible_accounts where list_contains($account_ids, account_id))
    and lines.quantity > 0
    and (
        (lines.sold_on >= $first_from::date and lines.sold_on <= $first_to::date)
        or (lines.sold_on >= $last_from::date and lines.sold_on <= $last_to::date)
    )
group by lines.account_key
