-- Layout 7 had no roll-up of years: questions read its months.
create view account_product_years as
select account_key, product_key, salesperson_key, month, net_amount, quantity, margin_amount, costed_amount, returned_amount
from store.account_product_month
where false;
