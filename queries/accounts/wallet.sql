-- Question: what does the account buy from others, in the months in which somebody declared or saw it?
-- Grain: month with a statement, in no order.
-- Columns: month, known (what others sell it, the store's currency).
-- Parameters: account_key (the store's integer).
-- Caveats: of every category. Where two sources state the same month, category and competitor, the larger amount counts.
with stated as (
    select month, max(amount) as amount
    from visible_wallet
    where
        account_key = $account_key
        and ($from_date is null or month >= $from_date::date)
        and ($to_date is null or month < $to_date::date)
    group by month, category, coalesce(competitor, '–')
)
select month, sum(amount)::double as known
from stated
group by month
