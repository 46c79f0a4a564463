-- Layout 5 had no roll-ups of programmes, of purchase days and of deals' sources, and its stays had no numbers.
create view visible_programme_months as
select
    lines.programme_key, lines.account_key, lines.product_key, date_trunc('month', lines.sold_on)::date as month,
    sum(lines.net_amount)::decimal(18, 4) as net_amount, sum(lines.quantity)::decimal(18, 4) as quantity, count(*)::bigint as line_count
from store.order_lines as lines
inner join store.accounts as accounts on accounts.account_key = lines.account_key
where lines.programme_key > 0 and is_visible(accounts.region_key)
group by all;

create view visible_purchase_months as
select
    days.account_key, date_trunc('month', days.sold_on)::date as month,
    count(*)::bigint as purchase_days, min(days.sold_on) as first_on, max(days.sold_on) as last_on,
    sum(days.net_amount)::decimal(18, 4) as net_amount, sum(days.margin_amount)::decimal(18, 4) as margin_amount,
    arg_min(days.net_amount, days.sold_on) as first_amount
from store.account_day as days
inner join store.accounts as accounts on accounts.account_key = days.account_key
where days.quantity > 0 and is_visible(accounts.region_key)
group by all;

create view visible_deal_sources as
with texts as (
    select source, row_number() over (order by source)::integer as source_key from store.opportunities where source is not null group by source
)
select deals.region_key, coalesce(texts.source_key, 0) as source_key, deals.source, count(*)::bigint as deals
from store.opportunities as deals
left join texts on texts.source = deals.source
where is_visible(deals.region_key)
group by all;

create view numbered_stays as
with numbers as (
    select stage, row_number() over (order by min(stage_key), stage)::integer as stage_number
    from store.stage_spells
    where stage is not null
    group by stage
), ends as (
    select opportunity_key, entered_on as last_on from store.stage_spells where left_on is null
)
select
    spells.opportunity_key, deals.opportunity_id, spells.region_key, spells.account_key, spells.salesperson_key, spells.product_key,
    spells.created_on, spells.expected_amount, deals.expected_close_on, spells.source, coalesce(sources.source_key, 0) as source_key,
    spells.stage, here.stage_number, spells.stage_key, spells.entered_on, spells.left_on, spells.next_stage, following.stage_number as next_number,
    spells.spell,
    case
        when spells.left_on is null or date_trunc('quarter', spells.entered_on) < date_trunc('quarter', spells.left_on)
        then (date_trunc('quarter', spells.entered_on) + interval 3 month)::date
    end as stood_on,
    spells.last_stage, latest.stage_number as last_number, ends.last_on, spells.stage_mask,
    nullif(trim(deals.lost_reason), '') as lost_reason
from store.stage_spells as spells
inner join store.opportunities as deals on deals.opportunity_key = spells.opportunity_key
inner join ends on ends.opportunity_key = spells.opportunity_key
left join visible_deal_sources as sources on sources.region_key = spells.region_key and sources.source = spells.source
left join numbers as here on here.stage = spells.stage
left join numbers as following on following.stage = spells.next_stage
left join numbers as latest on latest.stage = spells.last_stage
where is_visible(spells.region_key);

create view visible_stage_moves as
select
    region_key, stage, next_stage,
    min(stage_number)::integer as stage_number, min(stage_key)::integer as stage_key, count(*)::bigint as stays,
    sum(spell)::bigint as position_sum, max(entered_on) as last_on
from numbered_stays
where stage is not null
group by all;
