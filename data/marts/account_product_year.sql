-- Grain: account × product × salesperson × twelve months, named by the first of them. The years end where the complete months of the data do:
-- `month` is the same calendar month in every row. The last year may hold the running month alone, the first one what there is.
-- bought_month is the first of them in which units were bought, net of returns.
-- A month is complete once its last weekday is there: within three days of its end. Where that is guessed wrong, questions
-- take the months instead (queries/shape.py).
create table gen.account_product_year as
with years as (
    select extract(month from (as_of + interval 3 day))::integer as first_month from gen.generation
)
select
    sales.account_key, sales.product_key, sales.salesperson_key,
    make_date(
        (extract(year from sales.month) - case when extract(month from sales.month) < years.first_month then 1 else 0 end)::integer,
        years.first_month, 1
    ) as month,
    sum(sales.net_amount)::decimal(18, 4) as net_amount,
    sum(sales.quantity)::decimal(18, 4) as quantity,
    sum(sales.margin_amount)::decimal(18, 4) as margin_amount,
    sum(sales.costed_amount)::decimal(18, 4) as costed_amount,
    sum(sales.returned_amount)::decimal(18, 4) as returned_amount,
    min(sales.month) filter (where sales.quantity > 0) as bought_month
from gen.account_product_month as sales
cross join years
group by all
order by sales.account_key, sales.product_key, month;
