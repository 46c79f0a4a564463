-- Layout 8 had no stays of deals that had not come to a stage yet, and its stays did not number the stage before.
create view if not exists numbered_stays as
select * from store.stage_spells where is_visible(region_key);

create view visible_stage_spells as
with stays as (
    select * replace (coalesce(spell, 0) as spell) from numbered_stays
    union all
    select
        * replace (
            null as stage, null as stage_number, null as stage_key, null as entered_on, entered_on as left_on, stage as next_stage,
            stage_number as next_number, 0 as spell
        )
    from numbered_stays
    where spell = 1 and entered_on > created_on
)
select
    * replace (
        case
            when left_on is null or date_trunc('quarter', greatest(created_on, entered_on)) < date_trunc('quarter', left_on)
            then (date_trunc('quarter', greatest(created_on, entered_on)) + interval 3 month)::date
        end as stood_on
    ),
    greatest(created_on, entered_on) as began_on,
    lag(stage_number) over (partition by opportunity_key order by spell) as before_number
from stays;

create view if not exists visible_account_first_sale as
select * from store.account_first_sale where is_visible(region_key);

create view visible_prospect_stays as
select
    spells.opportunity_key, spells.region_key, spells.account_key, spells.created_on, spells.expected_amount,
    spells.stage_number, spells.spell, spells.entered_on, spells.began_on, spells.left_on, spells.lost_reason, sales.first_sold_on
from visible_stage_spells as spells
left join visible_account_first_sale as sales on sales.account_key = spells.account_key
where spells.account_key > 0 and (sales.first_sold_on is null or spells.began_on < sales.first_sold_on);
