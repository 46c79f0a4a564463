-- Question: what does each account that bought in the period contribute, by every indicator of its value?
-- Grain: account with a line in the period.
-- Columns: account_id, account, kind, region_id, region; net_sales, margin, costed_sales (net sales of lines with a known cost),
--   quantity of the period; is_active (it bought something: not only returns); last_sales, before_sales (net sales of the twelve months up to $end and of the twelve before);
--   due_amount, on_time_amount (invoices due before $end, and of these paid by their day), open_amount (unpaid at $end),
--   invoices, credit_limit, reference_value (0–100).
-- Caveats: $end is the end of complete months. Margin is null where no cost is known at all. Receivables know no product: they are
--   the account's whole.
with sold as (
    select
        account_key, sum(net_amount) as net_amount, sum(margin_amount) as margin_amount,
        sum(costed_amount) as costed_amount, sum(quantity) as quantity, bool_or(net_amount > returned_amount or quantity > 0) as is_active
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
), recent as (
    select
        account_key,
        sum(net_amount) filter (where month >= ($end::date - interval 12 month)::date) as last_amount,
        sum(net_amount) filter (where month < ($end::date - interval 12 month)::date) as before_amount
    from filtered_account_months(
        ($end::date - interval 24 month)::date, $end::date,
        $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
), owed as (
    select
        account_key, count(*) as invoices,
        sum(amount) filter (where due_on < $end::date) as due_amount,
        sum(amount) filter (where due_on < $end::date and paid_on <= due_on) as on_time_amount,
        sum(amount) filter (where paid_on is null or paid_on >= $end::date) as open_amount
    from visible_receivables
    where coalesce(issued_on, due_on) < $end::date
    group by all
)
select
    accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region,
    sold.net_amount::double as net_sales,
    sold.margin_amount::double as margin,
    sold.costed_amount::double as costed_sales,
    sold.quantity::double as quantity, sold.is_active,
    coalesce(recent.last_amount, 0)::double as last_sales,
    coalesce(recent.before_amount, 0)::double as before_sales,
    coalesce(owed.due_amount, 0)::double as due_amount,
    coalesce(owed.on_time_amount, 0)::double as on_time_amount,
    coalesce(owed.open_amount, 0)::double as open_amount,
    coalesce(owed.invoices, 0)::bigint as invoices,
    accounts.credit_limit::double as credit_limit,
    accounts.reference_value::double as reference_value
from sold
inner join visible_accounts as accounts on accounts.account_key = sold.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
left join recent on recent.account_key = sold.account_key
left join owed on owed.account_key = sold.account_key
order by accounts.account_id
