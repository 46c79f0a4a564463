-- Grain: one stay of a deal in a stage, or in none yet, that began before its account's first order line: what was done about accounts that
-- had not bought yet. first_sold_on is null where the account never bought.
create table gen.prospect_stays as
select
    spells.opportunity_key, spells.region_key, spells.account_key, spells.created_on, spells.expected_amount,
    spells.stage_number, spells.spell, spells.entered_on, spells.began_on, spells.left_on, spells.lost_reason, sales.first_sold_on
from gen.stage_spells as spells
left join gen.account_first_sale as sales on sales.account_key = spells.account_key
where
    spells.account_key > 0
    and (sales.first_sold_on is null or spells.began_on < sales.first_sold_on)
order by spells.account_key, spells.opportunity_key, spells.spell;
