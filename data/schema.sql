-- The tables of one generation (gen), made from the checked rows of an import (staged).
--
-- Text identifiers stay as the user wrote them; integer keys join. Key 0 means "none".
-- region_key on a fact is the region whose lead may see the row: the account's own region, else its parent's, else its
-- salesperson's; for facts without an account the salesperson's region, else 0, which only viewers of everything see.
-- Money is decimal(18,4). Order lines lie in date order, so that a month is a contiguous range.

create table gen.sources as
select * from staged.sources;

create table gen.rejected_rows as
select * from staged.rejected_rows;

create table gen.regions as
with numbered as (
    select row_number() over (order by region_id)::integer as region_key, region_id, region, parent_region_id, source_key
    from staged.regions
)
select
    child.region_key, child.region_id, child.region, child.parent_region_id,
    coalesce(parent.region_key, 0) as parent_region_key,
    child.source_key
from numbered as child
left join numbered as parent on parent.region_id = child.parent_region_id
order by child.region_key;

-- Each region with itself and every region under it; a circle of parents ends after 20 steps.
create table gen.region_tree as
with recursive tree as (
    select region_key as ancestor_key, region_key, 0 as depth from gen.regions
    union
    select tree.ancestor_key, child.region_key, tree.depth + 1
    from tree
    inner join gen.regions as child on child.parent_region_key = tree.region_key
    where tree.depth < 20
)
select ancestor_key, region_key, min(depth)::integer as depth from tree group by all;

create table gen.salespeople as
with numbered as (
    select row_number() over (order by salesperson_id)::integer as salesperson_key, *
    from staged.salespeople
)
select
    person.salesperson_key, person.salesperson_id, person.salesperson, person.region_id,
    coalesce(regions.region_key, 0) as region_key,
    person.manager_id,
    coalesce(manager.salesperson_key, 0) as manager_key,
    person.role, person.email, person.source_key
from numbered as person
left join gen.regions as regions on regions.region_id = person.region_id
left join numbered as manager on manager.salesperson_id = person.manager_id
order by person.salesperson_key;

create table gen.programmes as
select row_number() over (order by programme_id)::integer as programme_key, *
from staged.programmes
order by programme_key;

-- An account without a region takes its nearest ancestor's, then its salesperson's.
create table gen.accounts as
with recursive numbered as (
    select row_number() over (order by account_id)::integer as account_key, *
    from staged.accounts
), linked as (
    select
        child.*,
        coalesce(parent.account_key, 0) as parent_account_key,
        regions.region_key as own_region_key,
        coalesce(people.salesperson_key, 0) as salesperson_key,
        coalesce(people.region_key, 0) as person_region_key
    from numbered as child
    left join numbered as parent on parent.account_id = child.parent_account_id
    left join gen.regions as regions on regions.region_id = child.region_id
    left join gen.salespeople as people on people.salesperson_id = child.salesperson_id
), climbed as (
    select account_key, parent_account_key, own_region_key as found_key, 0 as depth from linked
    union
    select climbed.account_key, parent.parent_account_key, parent.own_region_key, climbed.depth + 1
    from climbed
    inner join linked as parent on parent.account_key = climbed.parent_account_key
    where climbed.found_key is null and climbed.depth < 20
), inherited as (
    select account_key, max(found_key) as found_key from climbed group by account_key
)
select
    linked.account_key, linked.account_id, linked.account, coalesce(linked.kind, 'direct') as kind,
    linked.parent_account_id, linked.parent_account_key,
    linked.region_id, coalesce(inherited.found_key, nullif(linked.person_region_key, 0), 0) as region_key,
    linked.salesperson_id, linked.salesperson_key, linked.channel, linked.city, linked.latitude, linked.longitude, linked.opened_on,
    linked.credit_limit, linked.payment_terms_days, linked.reference_value, linked.strategic, linked.source_key,
    linked.kind as stated_kind
from linked
left join inherited on inherited.account_key = linked.account_key
order by linked.account_key;

create table gen.account_tree as
with recursive tree as (
    select account_key as ancestor_key, account_key, 0 as depth from gen.accounts
    union
    select tree.ancestor_key, child.account_key, tree.depth + 1
    from tree
    inner join gen.accounts as child on child.parent_account_key = tree.account_key
    where tree.depth < 20
)
select ancestor_key, account_key, min(depth)::integer as depth from tree group by all order by ancestor_key;

-- cost_rate: cost as a share of net sales, of the product's own costed lines; category_cost_rate: of all lines of its category whose cost
-- is known, by their own or by their product's unit cost.
create table gen.products as
with sold as (
    select
        product_id, sum(cost_amount) as cost, sum(net_amount) filter (where cost_amount is not null) as costed_net,
        sum(net_amount) as net, sum(quantity) as quantity
    from staged.transactions
    group by all
), known as (
    select
        products.product_id, products.category, sold.cost as own_cost, sold.costed_net as own_net,
        coalesce(sold.cost, sold.quantity * products.unit_cost) as cost,
        case when sold.cost is null then sold.net else sold.costed_net end as net
    from staged.products as products
    inner join sold on sold.product_id = products.product_id
), by_category as (
    select category, sum(cost)::double / nullif(sum(net)::double, 0) as rate
    from known
    where cost is not null
    group by all
)
select
    row_number() over (order by products.product_id)::integer as product_key,
    products.*,
    (known.own_cost::double / nullif(known.own_net::double, 0))::decimal(12, 6) as cost_rate,
    by_category.rate::decimal(12, 6) as category_cost_rate
from staged.products as products
left join known on known.product_id = products.product_id
left join by_category on by_category.category is not distinct from products.category
order by product_key;

-- estimated_cost: the line's own cost, else its product's cost rate, else units × the product's unit cost, else its category's rate.
-- is_costed: the cost is the line's own or the product's unit cost, not a rate of other lines.
create table gen.order_lines as
select
    lines.transaction_id, lines.order_id, lines.sold_on, accounts.account_key, products.product_key,
    coalesce(people.salesperson_key, accounts.salesperson_key) as salesperson_key,
    coalesce(programmes.programme_key, 0) as programme_key,
    lines.quantity, lines.net_amount, lines.cost_amount,
    coalesce(
        lines.cost_amount,
        (lines.net_amount * products.cost_rate)::decimal(18, 4),
        (lines.quantity * products.unit_cost)::decimal(18, 4),
        (lines.net_amount * products.category_cost_rate)::decimal(18, 4)
    ) as estimated_cost,
    lines.cost_amount is not null or (products.cost_rate is null and products.unit_cost is not null) as is_costed,
    lines.salesperson_id is not null as has_own_salesperson,
    lines.source_key
from staged.transactions as lines
inner join gen.accounts as accounts on accounts.account_id = lines.account_id
inner join gen.products as products on products.product_id = lines.product_id
left join gen.salespeople as people on people.salesperson_id = lines.salesperson_id
left join gen.programmes as programmes on programmes.programme_id = lines.promotion_id
order by lines.sold_on, accounts.account_key;

-- The contract's own columns over the order lines, for the next import and for exports.
create view gen.transactions as
select
    lines.transaction_id, lines.order_id, lines.sold_on, accounts.account_id, products.product_id,
    case when lines.has_own_salesperson then people.salesperson_id end as salesperson_id,
    lines.quantity, lines.net_amount, lines.cost_amount, programmes.programme_id as promotion_id, lines.source_key
from gen.order_lines as lines
inner join gen.accounts as accounts on accounts.account_key = lines.account_key
inner join gen.products as products on products.product_key = lines.product_key
left join gen.salespeople as people on people.salesperson_key = lines.salesperson_key
left join gen.programmes as programmes on programmes.programme_key = lines.programme_key;

create table gen.contacts as
select accounts.account_key, accounts.region_key, contacts.*
from staged.contacts as contacts
inner join gen.accounts as accounts on accounts.account_id = contacts.account_id
order by accounts.account_key;

create table gen.receivables as
select accounts.account_key, accounts.region_key, receivables.*
from staged.receivables as receivables
inner join gen.accounts as accounts on accounts.account_id = receivables.account_id
order by accounts.account_key, receivables.due_on;

create table gen.activities as
select
    coalesce(accounts.account_key, 0) as account_key,
    coalesce(people.salesperson_key, accounts.salesperson_key, 0) as salesperson_key,
    coalesce(nullif(accounts.region_key, 0), people.region_key, 0) as region_key,
    activities.*
from staged.activities as activities
left join gen.accounts as accounts on accounts.account_id = activities.account_id
left join gen.salespeople as people on people.salesperson_id = activities.salesperson_id
order by activities.happened_on;

create table gen.opportunities as
select
    row_number() over (order by deals.created_on, deals.opportunity_id)::integer as opportunity_key,
    coalesce(accounts.account_key, 0) as account_key,
    coalesce(people.salesperson_key, accounts.salesperson_key, 0) as salesperson_key,
    coalesce(products.product_key, 0) as product_key,
    coalesce(nullif(accounts.region_key, 0), people.region_key, 0) as region_key,
    deals.*
from staged.opportunities as deals
left join gen.accounts as accounts on accounts.account_id = deals.account_id
left join gen.salespeople as people on people.salesperson_id = deals.salesperson_id
left join gen.products as products on products.product_id = deals.product_id
order by opportunity_key;

create table gen.stage_events as
select deals.opportunity_key, deals.region_key, events.*
from staged.stage_events as events
inner join gen.opportunities as deals on deals.opportunity_id = events.opportunity_id
order by deals.opportunity_key, events.entered_on;

create table gen.prospect_scores as
select accounts.account_key, accounts.region_key, scores.*
from staged.prospect_scores as scores
inner join gen.accounts as accounts on accounts.account_id = scores.account_id;

create table gen.targets as
select
    coalesce(accounts.account_key, 0) as account_key,
    coalesce(people.salesperson_key, 0) as salesperson_key,
    coalesce(products.product_key, 0) as product_key,
    coalesce(nullif(accounts.region_key, 0), regions.region_key, people.region_key, 0) as region_key,
    targets.*
from staged.targets as targets
left join gen.accounts as accounts on accounts.account_id = targets.account_id
left join gen.salespeople as people on people.salesperson_id = targets.salesperson_id
left join gen.products as products on products.product_id = targets.product_id
left join gen.regions as regions on regions.region_id = targets.region_id
order by targets.month;

create table gen.development_plans as
select people.salesperson_key, people.region_key, plans.*
from staged.development_plans as plans
inner join gen.salespeople as people on people.salesperson_id = plans.salesperson_id
order by plans.month;

create table gen.wallet as
select accounts.account_key, accounts.region_key, wallet.*
from staged.wallet as wallet
inner join gen.accounts as accounts on accounts.account_id = wallet.account_id
order by accounts.account_key, wallet.month;

create table gen.rebates as
select coalesce(accounts.account_key, 0) as account_key, coalesce(accounts.region_key, 0) as region_key, rebates.*
from staged.rebates as rebates
left join gen.accounts as accounts on accounts.account_id = rebates.account_id;

-- One row: what the generation is and how far its data reach.
create table gen.generation as
select
    coalesce(
        (select max(sold_on) from gen.order_lines),
        (select max(entered_on) from gen.stage_events),
        (select max(happened_on) from gen.activities),
        current_date
    ) as as_of,
    (select min(sold_on) from gen.order_lines) as first_sold_on,
    (select count(*) from gen.order_lines)::bigint as order_lines,
    (select count(*) from gen.accounts)::bigint as account_count,
    now()::timestamp as built_at,
    10 as layout;
