-- Question: are the sales booked once a month, always on the same day ($as_of's day)?
-- Grain: one row.
-- Columns: other_days (order lines of the year up to $as_of on another day: 0 or 1, the search stops at the first), months (with sales).
-- Caveats: within the viewer's scope, not the filters: whether a month is complete must not hang on what is filtered.
with other_day as (
    select 1
    from visible_order_lines
    where
        sold_on > ($as_of::date - interval 1 year)::date
        and sold_on <= $as_of::date
        and extract(day from sold_on) != extract(day from $as_of::date)
    limit 1
), months as (
    select distinct month from filtered_account_months(null, null, null, null, null, null, null)
)
select
    (select count(*) from other_day)::bigint as other_days,
    (select count(*) from months)::bigint as months
