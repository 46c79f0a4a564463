-- Sales within the filters, dates half-open [from_date, to_date). Whole months come from the roll-ups; the days of a month that the period cuts
-- come from the order lines. edge_sales, finer_… and account_product_years are parts of the others and see everything: no question may read them.

-- The order lines within the filters, for drilling.
create macro filtered_order_lines(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select lines.*
from store.order_lines as lines
where
    (from_date is null or lines.sold_on >= from_date::date)
    and (to_date is null or lines.sold_on < to_date::date)
    and is_account_in(lines.account_key, region_ids, account_ids)
    and is_product_in(lines.product_key, categories, product_ids)
    and is_salesperson_in(lines.salesperson_key, salesperson_ids);

-- The lines of the days that the period cuts from its first and last month: [from_date, month's end) and [month's start, to_date).
create macro edge_sales(from_date, to_date) as table
select
    lines.account_key, lines.product_key, lines.salesperson_key, date_trunc('month', lines.sold_on)::date as month,
    lines.net_amount, lines.quantity, lines.quantity::double * products.unit_volume as volume,
    (lines.net_amount - lines.estimated_cost)::decimal(18, 4)
        as margin_amount,
    case when lines.is_costed then lines.net_amount else 0 end::decimal(18, 4) as costed_amount,
    case when lines.net_amount < 0 then lines.net_amount else 0 end::decimal(18, 4) as returned_amount,
    1::bigint as line_count
from store.order_lines as lines
inner join store.products as products on products.product_key = lines.product_key
where
    (
        from_date is not null and from_date::date != date_trunc('month', from_date::date)::date
        and lines.sold_on >= from_date::date
        and lines.sold_on < (date_trunc('month', from_date::date) + interval 1 month)::date
        and (to_date is null or lines.sold_on < to_date::date)
    ) or (
        to_date is not null and to_date::date != date_trunc('month', to_date::date)::date
        and lines.sold_on < to_date::date
        and lines.sold_on >= date_trunc('month', to_date::date)::date
        and (from_date is null or lines.sold_on >= from_date::date)
        -- a period inside one month is taken once, by the branch above
        and (
            from_date is null
            or from_date::date = date_trunc('month', from_date::date)::date
            or date_trunc('month', from_date::date) != date_trunc('month', to_date::date)
        )
    );

-- Grain: account × product × salesperson × month.
create macro filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select sales.*
from (
    select * from store.account_product_month
    where
        (from_date is null or month >= from_date::date)
        and (to_date is null or month < date_trunc('month', to_date::date)::date)
    union all
    select * from edge_sales(from_date, to_date)
) as sales
where
    is_account_in(sales.account_key, region_ids, account_ids)
    and is_product_in(sales.product_key, categories, product_ids)
    and is_salesperson_in(sales.salesperson_key, salesperson_ids);

create view if not exists account_product_years as
select * from store.account_product_year;

-- The same sales for questions that add whole years up: `month` is the first month of what a row holds, and only whole years may be told
-- apart by it; bought_month is the first with units bought. data/short_forms.sql reads the roll-up of years where the question's days begin one.
create macro filtered_sales_years(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select
    account_key, product_key, salesperson_key, month, net_amount, quantity, margin_amount, costed_amount, returned_amount,
    case when quantity > 0 then month end as bought_month
from filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids);

-- What the account roll-up can't tell: sales of some products, and the days of a month that the period cuts.
create macro finer_account_months(from_date, to_date, categories, product_ids) as table
select account_key, salesperson_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
from (
    select * from store.account_product_month
    where
        (categories is not null or product_ids is not null)
        and (from_date is null or month >= from_date::date)
        and (to_date is null or month < date_trunc('month', to_date::date)::date)
    union all
    select * from edge_sales(from_date, to_date)
)
where is_product_in(product_key, categories, product_ids);

-- Grain: account × salesperson × month (or finer); from the account roll-up unless products are filtered.
create macro filtered_account_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select sales.*
from (
    select
        account_key, salesperson_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
    from store.account_month
    where
        categories is null and product_ids is null
        and (from_date is null or month >= from_date::date)
        and (to_date is null or month < date_trunc('month', to_date::date)::date)
    union all
    select * from finer_account_months(from_date, to_date, categories, product_ids)
) as sales
where
    is_account_in(sales.account_key, region_ids, account_ids)
    and is_salesperson_in(sales.salesperson_key, salesperson_ids);

-- The account roll-up as it is booked, of whole months and any product. Grain: account × salesperson × month. Who makes tables of months adds
-- equal places up anyway, and is spared a sum over every row.
create macro filtered_booked_months(from_date, to_date, region_ids, account_ids, salesperson_ids) as table
select account_key, salesperson_key, month, net_amount, quantity, margin_amount, costed_amount
from store.account_month
where
    (from_date is null or month >= from_date::date)
    and (to_date is null or month < date_trunc('month', to_date::date)::date)
    and is_account_in(account_key, region_ids, account_ids)
    and is_salesperson_in(salesperson_key, salesperson_ids);

-- Orders that the account roll-up can't tell: of some products, and of the days of a month that the period cuts.
create macro finer_order_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select account_key, salesperson_key, date_trunc('month', sold_on)::date as month, count(distinct order_id)::bigint as order_count
from store.order_lines
where
    (
        categories is not null or product_ids is not null
        or (
            from_date is not null and from_date::date != date_trunc('month', from_date::date)::date
            and sold_on < (date_trunc('month', from_date::date) + interval 1 month)::date
        )
        or (
            to_date is not null and to_date::date != date_trunc('month', to_date::date)::date
            and sold_on >= date_trunc('month', to_date::date)::date
        )
    )
    and (quantity > 0 or net_amount > 0)
    and (from_date is null or sold_on >= from_date::date)
    and (to_date is null or sold_on < to_date::date)
    and is_account_in(account_key, region_ids, account_ids)
    and is_product_in(product_key, categories, product_ids)
    and is_salesperson_in(salesperson_key, salesperson_ids)
group by all;

-- Grain: account × salesperson × month with purchases: its distinct orders; returns are none. Products don't add up here, so a product filter counts on the order lines.
create macro filtered_order_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select account_key, salesperson_key, month, order_count
from store.account_month
where
    categories is null and product_ids is null
    and (order_count > 0 or net_amount > returned_amount or quantity > 0)
    and (from_date is null or month >= from_date::date)
    and (to_date is null or month < date_trunc('month', to_date::date)::date)
    and is_account_in(account_key, region_ids, account_ids)
    and is_salesperson_in(salesperson_key, salesperson_ids)
union all
select * from finer_order_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids);

-- What the region roll-up can't tell: sales to some accounts, of some salespeople, and on the days of a month that the period cuts.
create macro finer_product_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select
    accounts.region_key, sales.product_key, sales.month, sales.net_amount, sales.quantity, sales.volume,
    sales.margin_amount, sales.costed_amount, sales.returned_amount, sales.line_count
from filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as sales
inner join store.accounts as accounts on accounts.account_key = sales.account_key
where
    account_ids is not null or salesperson_ids is not null
    or from_date::date != date_trunc('month', from_date::date)::date
    or to_date::date != date_trunc('month', to_date::date)::date;

-- Grain: region × product × month (or finer); from the region roll-up unless accounts, salespeople or days ask for more.
create macro filtered_product_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as table
select
    region_key, product_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
from store.region_product_month
where
    account_ids is null and salesperson_ids is null
    and (from_date is null or from_date::date = date_trunc('month', from_date::date)::date)
    and (to_date is null or to_date::date = date_trunc('month', to_date::date)::date)
    and (from_date is null or month >= from_date::date)
    and (to_date is null or month < to_date::date)
    and is_visible(region_key)
    and is_region_in(region_key, region_ids)
    and is_product_in(product_key, categories, product_ids)
union all
select * from finer_product_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids);
