-- Question: what did the accounts of a programme's regions buy of its products, month by month, around it?
-- Grain: programme × account × month with a sale of the products that carry the programme's mark.
-- Columns: programme_id, account_id, month; quantity (sales units), net_sales, margin (money; null where no cost is known);
--   promoted (money of it under any programme's mark).
-- Caveats: of the programmes $programme_ids.
--   Accounts of the regions in which the programme was marked at all, whether they took part or not. From $months_before months
--   before the programme's first month to $months_after after its last. Net of returns.
with listed as (
    select
        programme_key, programme_id,
        (date_trunc('month', starts_on) - to_months($months_before::integer))::date as from_month,
        (date_trunc('month', coalesce(ends_on, starts_on)) + to_months($months_after::integer))::date as to_month
    from visible_programmes
    where list_contains($programme_ids, programme_id) and starts_on is not null
), products as (
    select distinct marks.programme_key, marks.product_key
    from visible_programme_months as marks
    where marks.programme_key in (select programme_key from listed)
), places as (
    select distinct marks.programme_key, accounts.region_key
    from visible_programme_months as marks
    inner join filtered_accounts($region_ids, null) as accounts on accounts.account_key = marks.account_key
    where marks.programme_key in (select programme_key from listed)
), marked as (
    select account_key, product_key, month, sum(net_amount) as promoted
    from visible_programme_months
    where month >= (select min(from_month) from listed) and month <= (select max(to_month) from listed)
    group by all
), sold as (
    select account_key, product_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount, sum(margin_amount) as margin_amount
    from filtered_sales_months($from_date, $to_date, $region_ids, null, $categories, $product_ids, null)
    where product_key in (select product_key from products)
    group by all
)
select
    listed.programme_id, accounts.account_id, sold.month,
    sum(sold.quantity)::double as quantity,
    sum(sold.net_amount)::double as net_sales,
    sum(sold.margin_amount)::double as margin,
    coalesce(sum(marked.promoted), 0)::double as promoted
from sold
inner join products on products.product_key = sold.product_key
inner join listed
    on listed.programme_key = products.programme_key and sold.month >= listed.from_month and sold.month <= listed.to_month
inner join visible_accounts as accounts on accounts.account_key = sold.account_key
inner join places on places.programme_key = listed.programme_key and places.region_key = accounts.region_key
left join marked
    on marked.account_key = sold.account_key and marked.product_key = sold.product_key and marked.month = sold.month
group by all
order by listed.programme_id, accounts.account_id, sold.month
