-- Question: which programmes ran in the period, and does the viewer see all accounts that could take part?
-- Grain: programme.
-- Columns: programme_id, programme, kind, starts_on, ends_on (the last day; the first where no end is given), cost (money, the whole
--   programme's); is_shown (it ran on a day of the period, or nobody gave its dates); sees_all (every account of the store is visible).
-- Caveats: programmes belong to the company: their cost is that of all regions together.
with reach as (
    select
        (select count(*) from visible_accounts) >= coalesce((select any_value(account_count) from visible_generation), 0) as sees_all
)
select
    programmes.programme_id, programmes.programme, programmes.kind, programmes.starts_on,
    coalesce(programmes.ends_on, programmes.starts_on) as ends_on,
    programmes.cost::double as cost,
    programmes.starts_on is null
    or (
        ($to_date is null or programmes.starts_on < $to_date::date)
        and ($from_date is null or coalesce(programmes.ends_on, programmes.starts_on) >= $from_date::date)
    ) as is_shown,
    reach.sees_all
from visible_programmes as programmes
cross join reach
order by programmes.starts_on, programmes.programme_id
