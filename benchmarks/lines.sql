-- $lines order lines in date order, five to an order. The largest distributors buy most; each buys its own 25 products; quantities
-- follow a season; every fortieth line has no cost and every fiftieth is a return.
create view staged.transactions as
with numbered as (
    select i, i // 5 as order_number, hash(i) as chance, least(1999, floor(2000 * pow(hash(i // 5) % 1000003 / 1000003.0, 1.5)))::integer as account
    from range($lines) as t(i)
), shaped as (
    select
        i, order_number, chance, account,
        date '2022-01-01' + (i * 1461 // $lines)::integer as sold_on,
        ((account * 37 + (chance % 25)::integer * (1 + account % 4)) % 120)::integer as product,
        (1 + (chance // 25) % 48)::integer as base
    from numbered
), measured as (
    select
        *,
        greatest(1, round(base * (1 + 0.35 * cos(2 * pi() * (month(sold_on) - 1) / 12))))::integer * (case when i % 50 = 7 then -1 else 1 end) as units
    from shaped
)
select
    format('L{:09d}', i) as transaction_id,
    format('N{:08d}', order_number) as order_id,
    sold_on,
    format('D{:04d}', account + 1) as account_id,
    format('P{:03d}', product + 1) as product_id,
    format('S{:02d}', account % 60 + 1) as salesperson_id,
    units::decimal(18, 4) as quantity,
    (units * (5 + product % 17) * 1.07)::decimal(18, 4) as net_amount,
    case when i % 40 > 0 then (units * (3 + product % 11) * 1.01)::decimal(18, 4) end as cost_amount,
    null::varchar as promotion_id,
    11 as source_key
from measured;
