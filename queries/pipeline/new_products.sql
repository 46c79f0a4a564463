-- Question: who buys the products that are new, and which accounts came with them?
-- Grain: new product × channel of its buyers, as it is written; a new product that nobody buys is one row without a channel.
-- Columns: product_id, product, category, launched_on (as stated), first_month (of its first sale), channel, buyers, came_with (accounts whose
--   own first purchase was in the month in which they first bought it, and not in the first months of the data), net_sales (of $from_date to $to_date, money).
-- Parameters: new_from (a product launched from this day on is new), known_from (a product without a date of launch is new where its
--   first sale is from this day on, and an account began where its first purchase is: the first months of the data have all products and accounts).
-- Caveats: bought is more units than came back since the launch. Accounts are those of the filters.
with first_sales as (
    select product_key, min(month) as first_month
    from filtered_product_months(null, $to_date, null, null, $categories, $product_ids, null)
    group by product_key
), new_products as (
    select products.product_key, products.product_id, products.product, products.category, products.launched_on, first_sales.first_month
    from filtered_products($categories, $product_ids) as products
    left join first_sales on first_sales.product_key = products.product_key
    where
        coalesce(products.launched_on, first_sales.first_month) >= $new_from::date
        and coalesce(products.launched_on, first_sales.first_month) < $to_date::date
        and (products.launched_on is not null or first_sales.first_month >= $known_from::date)
), began as (
    select account_key, min(month) as first_month
    from filtered_account_months(null, $to_date, $region_ids, $account_ids, null, null, $salesperson_ids)
    group by account_key
), bought as (
    select
        sales.account_key, sales.product_key, min(sales.month) as first_month,
        sum(sales.net_amount) filter (where sales.month >= $from_date::date) as net_sales
    from filtered_sales_months(null, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids) as sales
    where sales.product_key in (select product_key from new_products)
    group by sales.account_key, sales.product_key
    having sum(sales.quantity) > 0
)
select
    products.product_id, products.product, products.category, products.launched_on, products.first_month, accounts.channel,
    count(bought.account_key)::bigint as buyers,
    (count(*) filter (where bought.first_month = began.first_month and began.first_month >= $known_from::date))::bigint as came_with,
    coalesce(sum(bought.net_sales), 0)::double as net_sales
from new_products as products
left join bought on bought.product_key = products.product_key
left join began on began.account_key = bought.account_key
left join visible_accounts as accounts on accounts.account_key = bought.account_key
group by all
order by products.product_id, accounts.channel
