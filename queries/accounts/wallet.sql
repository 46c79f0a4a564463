-- Question: what does the account buy from us and from others, in the months in which somebody declared or saw it?
-- Grain: month with a statement.
-- Columns: month, own (net sales to the account, below zero where more came back), known (what others sell it), the store's currency.
-- Parameters: account_id (the account asked for: filters choose no others, so that it is quicker to plan).
-- Caveats: the account's own purchases, of every category, whichever the others sell. Where two sources state the same month, category
--   and competitor, the larger amount counts.
with stated as (
    select month, max(amount) as amount
    from visible_wallet
    where
        account_id = $account_id
        and ($from_date is null or month >= $from_date::date)
        and ($to_date is null or month < $to_date::date)
    group by month, category, coalesce(competitor, '–')
), known as (
    select month, sum(amount) as amount from stated group by month
), own as (
    select month, sum(net_amount) as amount
    from filtered_account_months($from_date, $to_date, null, null, null, null, null)
    where account_key in (select account_key from visible_accounts where account_id = $account_id)
    group by month
)
select known.month, coalesce(own.amount, 0)::double as own, known.amount::double as known
from known
left join own on own.month = known.month
order by known.month
