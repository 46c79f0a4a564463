-- Layout 3 knew no coordinates of accounts.
create view visible_accounts as
select *, null::double as latitude, null::double as longitude
from store.accounts
where is_visible(region_key);
