-- The tables beside the order lines: the same for every size.
insert into staged.regions (region_id, region, source_key)
select format('R{:02d}', i + 1), format('Region {:02d}', i + 1), 1 from range(12) as t(i);

insert into staged.salespeople (salesperson_id, salesperson, region_id, source_key)
select format('S{:02d}', i + 1), format('Salesperson {:02d}', i + 1), format('R{:02d}', i % 12 + 1), 2 from range(60) as t(i);

insert into staged.accounts (account_id, account, kind, region_id, salesperson_id, channel, credit_limit, source_key)
select
    format('D{:04d}', i + 1), format('Distributor {:04d}', i + 1), 'distributor', format('R{:02d}', i % 12 + 1),
    format('S{:02d}', i % 60 + 1), ['on trade', 'off trade', 'convenience'][i % 3 + 1], 50000, 3
from range(2000) as t(i);

insert into staged.contacts (contact_id, account_id, name, role, source_key)
select 'C' || i, format('D{:04d}', i % 2000 + 1), 'Contact ' || i, ['decision maker', 'influencer', 'user'][i % 3 + 1], 4
from range(5000) as t(i);

insert into staged.products (product_id, product, category, brand, unit_volume, list_price, unit_cost, source_key)
select
    format('P{:03d}', i + 1), format('Product {:03d}', i + 1), 'Category ' || (i % 6 + 1), 'Brand ' || (i % 9 + 1),
    [0.08, 0.1, 0.2, 0.3][i % 4 + 1], 5 + i % 17, 3 + i % 11, 5
from range(120) as t(i);

insert into staged.targets (month, amount, region_id, account_id, source_key)
select (date '2022-01-01' + to_months(month::integer))::date, 40000 + (account * 7919 + month) % 9000, null,
    format('D{:04d}', account + 1), 6
from range(48) as months(month), range(2000) as accounts(account);

insert into staged.receivables (invoice_id, account_id, issued_on, due_on, amount, paid_on, source_key)
select
    'I' || i, format('D{:04d}', i % 2000 + 1), date '2022-01-01' + (i % 1461)::integer, date '2022-01-31' + (i % 1461)::integer,
    1000 + i % 900, case when i % 20 > 0 then date '2022-02-05' + (i % 1461)::integer end, 7
from range(50000) as t(i);

-- Every seventh contact stays without an answer.
insert into staged.activities (activity_id, happened_on, account_id, salesperson_id, kind, planned_on, outcome, hours, source_key)
select
    'V' || i, date '2022-01-01' + (i % 1461)::integer, format('D{:04d}', i % 2000 + 1), format('S{:02d}', i % 2000 % 60 + 1),
    ['visit', 'call'][i % 2 + 1], case when i % 3 > 0 then date '2022-01-01' + (i % 1461)::integer end,
    case when i % 7 = 0 then 'no answer' when i % 7 < 4 then 'order' else 'no order' end, 1 + i % 3, 8
from range(200000) as t(i);
