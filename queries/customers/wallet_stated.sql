-- Question: what was stated of each account's purchases from others in the period?
-- Grain: account × month × category × competitor, in no order.
-- Columns: account_key (the store's integer), month, category, amount (money, an exact decimal: it is added up), source (of the amount; of equal
--   ones the first by name; null where nobody wrote one).
-- Caveats: where two sources state the same month, category and competitor, the larger amount counts. Of all accounts and every category.
select account_key, month, category, max(amount) as amount, arg_min_null(source, row(-amount, source)) as source
from visible_wallet
where month >= $from_date and month < $to_date
group by account_key, month, category, competitor
