-- Question: what does the account buy from us and from others, in the months in which somebody declared or saw it?
-- Grain: month × category × competitor; competitor is null in our own rows.
-- Columns: month, category, competitor, source (declared, observed; null in our own rows), amount (the store's currency).
-- Parameters: account_id (the account asked for: filters choose no others, so that it is quicker to plan).
-- Caveats: the account's own purchases; a month without a statement about others is left out on both sides. Ours are those of every
--   category, whichever the others sell. Where two sources state the same month, category and competitor, the larger amount counts.
with stated as (
    select month, category, coalesce(competitor, '–') as competitor, arg_min(source, row(-amount, source)) as source, max(amount) as amount
    from visible_wallet
    where
        account_id = $account_id
        and ($from_date is null or month >= $from_date::date)
        and ($to_date is null or month < $to_date::date)
    group by month, category, coalesce(competitor, '–')
), own as (
    select sales.month, products.category, sum(sales.net_amount) as amount
    from filtered_sales_months($from_date, $to_date, null, null, null, null, null) as sales
    inner join visible_products as products on products.product_key = sales.product_key
    where
        sales.month in (select month from stated)
        and sales.account_key in (select account_key from visible_accounts where account_id = $account_id)
    group by all
)
select month, category, competitor, source, amount::double as amount from stated
union all
select month, category, null, null, amount::double as amount from own
order by month, competitor, category, source
