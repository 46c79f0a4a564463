-- Layout 9 had no roll-up of the stages that accounts' deals came to.
create view if not exists visible_stage_spells as
select * from store.stage_spells where is_visible(region_key);

create view visible_account_first_stage as
select account_key, region_key, stage_number, min(began_on) as first_on
from visible_stage_spells
where account_key > 0 and stage_number is not null
group by all;
