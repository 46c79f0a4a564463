-- Grain: account with an order line: the first day of one, returns among them, and who may see the account.
create table gen.account_first_sale as
select days.account_key, accounts.region_key, min(days.sold_on) as first_sold_on
from gen.account_day as days
inner join gen.accounts as accounts on accounts.account_key = days.account_key
group by all
order by days.account_key;
