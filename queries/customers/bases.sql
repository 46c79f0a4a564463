-- Question: how does each account that buys pay, and how does it answer us?
-- Grain: account with a sale in the period.
-- Columns: account_id, reference_value (0–100), credit_limit; due_amount, on_time_amount (invoices due before $to_date, and of these paid by
--   their day), open_amount (unpaid at $to_date), invoices; contacts (activities of the period that say how they ended), answered
--   (of these not one of $unanswered and not one of $complaints), complaints; money.
-- Parameters: unanswered, complaints (outcomes in small letters).
-- Caveats: receivables and activities know no product: they are the account's whole.
with sold as (
    select account_key
    from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
), owed as (
    select
        account_key, count(*) as invoices,
        sum(amount) filter (where due_on < $to_date::date) as due_amount,
        sum(amount) filter (where due_on < $to_date::date and paid_on <= due_on) as on_time_amount,
        sum(amount) filter (where paid_on is null or paid_on >= $to_date::date) as open_amount
    from visible_receivables
    where coalesce(issued_on, due_on) < $to_date::date
    group by all
), outcomes as (
    select
        account_key,
        list_contains($unanswered::varchar[], lower(trim(ending_of(outcome)))) as is_unanswered,
        list_contains($complaints::varchar[], lower(trim(ending_of(outcome)))) as is_complaint
    from visible_activities
    where happened_on >= $from_date::date and happened_on < $to_date::date and outcome is not null
), met as (
    select
        account_key, count(*) as contacts, count(*) filter (where is_complaint) as complaints,
        count(*) filter (where not is_unanswered and not is_complaint) as answered
    from outcomes
    group by all
)
select
    accounts.account_id,
    accounts.reference_value::double as reference_value,
    accounts.credit_limit::double as credit_limit,
    coalesce(owed.due_amount, 0)::double as due_amount,
    coalesce(owed.on_time_amount, 0)::double as on_time_amount,
    coalesce(owed.open_amount, 0)::double as open_amount,
    coalesce(owed.invoices, 0)::bigint as invoices,
    coalesce(met.contacts, 0)::bigint as contacts,
    coalesce(met.answered, 0)::bigint as answered,
    coalesce(met.complaints, 0)::bigint as complaints
from sold
inner join visible_accounts as accounts on accounts.account_key = sold.account_key
left join owed on owed.account_key = sold.account_key
left join met on met.account_key = sold.account_key
order by accounts.account_id
