-- Question: are the sales of the last year all booked on $as_of's day of the month?
-- Grain: one row.
-- Columns: other_days (order lines of the year up to $as_of on another day: 0 or 1, the search stops at the first).
-- Caveats: within the viewer's scope, not the filters: whether a month is complete must not hang on what is filtered.
with other_day as (
    select 1
    from visible_order_lines
    where
        sold_on > ($as_of::date - interval 1 year)::date
        and sold_on <= $as_of::date
        and extract(day from sold_on) != extract(day from $as_of::date)
    limit 1
)
select count(*)::bigint as other_days from other_day
