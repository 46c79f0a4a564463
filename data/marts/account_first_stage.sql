-- Grain: account × stage that a deal of it came to: the first day of one there, never before the deal was created, and who may see the deal.
create table gen.account_first_stage as
select account_key, region_key, stage_number, min(began_on) as first_on
from gen.stage_spells
where account_key > 0 and stage_number is not null
group by all
order by account_key, stage_number, region_key;
