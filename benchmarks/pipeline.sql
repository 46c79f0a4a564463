-- Customers-to-be, what is known of them, and the deals of all accounts: the same for every size.
-- A step of a deal takes 5 to 60 days, so that what began in the last months of the four years is open, in all stages. Every
-- ninety-seventh deal stays in its third stage for good.

-- 3,000 accounts that never bought; the data end on 2025-12-31.
insert into staged.accounts (account_id, account, kind, region_id, salesperson_id, channel, city, opened_on, source_key)
select
    format('N{:04d}', i + 1), format('Prospect {:04d}', i + 1), 'distributor', format('R{:02d}', i % 12 + 1), format('S{:02d}', i % 60 + 1),
    ['on trade', 'off trade', 'convenience'][i % 3 + 1], 'City ' || (i % 40 + 1), date '2023-07-01' + (i * 7 % 720)::integer, 3
from range(3000) as t(i);

-- Every sixth of them has no contact yet.
insert into staged.contacts (contact_id, account_id, name, role, source_key)
select
    'CN' || i, format('N{:04d}', i % 3000 + 1), 'Contact N' || i, ['decision maker', 'influencer', 'user'][(i + i // 3000) % 3 + 1], 4
from range(4500) as t(i)
where i % 6 > 0;

-- What half of them buy of others, asked for four times in the last year.
insert into staged.wallet (account_id, month, category, competitor, amount, source, source_key)
select
    format('N{:04d}', i * 2 + 1), (date '2025-02-01' + to_months((report * 3)::integer))::date, 'Category ' || (i % 6 + 1), 'Rival ' || (i % 4 + 1),
    500 + hash(i * 4 + report) % 6000, 'visit', 12
from range(1500) as t(i), range(4) as r(report);

insert into staged.activities (activity_id, happened_on, account_id, salesperson_id, kind, planned_on, outcome, hours, cost, source_key)
select
    'VN' || i, date '2024-01-01' + (hash(i) % 731)::integer, format('N{:04d}', i % 3000 + 1), format('S{:02d}', i % 3000 % 60 + 1),
    ['call', 'visit', 'message'][i // 3000 % 3 + 1], null, ['no answer', 'answered', 'inbound', 'no answer', 'presented'][i % 7 % 5 + 1],
    1 + i % 2, 10 + i % 40, 8
from range(30000) as t(i);

-- Two ratings of 4,000 accounts, a year apart, on eight indicators: customers-to-be, and every other customer. Who is good in one respect
-- tends to be so in others.
insert into staged.prospect_scores (account_id, indicator, score, scored_on, source_key)
select
    account_id, indicator, least(100, 10 + hash(account_id) % 61 + hash(account_id || indicator || rating) % 40),
    date '2024-01-01' + (hash(account_id || 'day') % 365 + rating * 366)::integer, 13
from (
    select account_id from staged.accounts where account_id like 'N%' or account_id[-1] in ('1', '3', '5', '7', '9')
), range(2) as r(rating), (
    select unnest([
        'strength and scale', 'management', 'network', 'buyers'' purchasing power', 'marketing', 'growth', 'our comparative advantage',
        'strategic importance'
    ]) as indicator
);

-- Every twenty-first deal is one with a customer-to-be.
insert into staged.opportunities (
    opportunity_id, account_id, created_on, salesperson_id, source, product_id, expected_amount, expected_close_on, lost_reason, source_key
)
select
    'O' || i,
    case when i % 21 = 20 then format('N{:04d}', i // 21 % 3000 + 1) else format('D{:04d}', i % 2000 + 1) end,
    date '2022-01-01' + (i % 1461)::integer,
    case when i % 21 = 20 then format('S{:02d}', i // 21 % 60 + 1) else format('S{:02d}', i % 2000 % 60 + 1) end,
    ['fair', 'web', 'referral', 'fair', 'web', 'cold visit', null][i % 7 + 1], format('P{:03d}', i % 120 + 1),
    case when i % 50 > 0 then 500 + hash(i) % 7000 end,
    case when i % 60 > 0 then date '2022-01-01' + (i % 1461 + 45 + hash(i) % 120)::integer end,
    ['price', 'competitor', 'no budget', null][i % 4 + 1], 9
from range(300000) as t(i);

-- lead → qualified → proposal → an end. Every twelfth deal skips a stage, every twelfth goes back to one. The better an account is rated the
-- more of its deals are won; customers-to-be have none yet.
insert into staged.stage_events (opportunity_id, stage, entered_on, source_key)
with deals as (
    select
        opportunity_id, opportunity_id[2:]::integer as i, created_on,
        5 + hash(opportunity_id || 'a') % 56 as first_days, 5 + hash(opportunity_id || 'b') % 56 as second_days,
        5 + hash(opportunity_id || 'c') % 56 as third_days,
        account_id[1] = 'D' and hash(opportunity_id) % 100 < 10 + hash(account_id) % 61 as is_won
    from staged.opportunities
), steps as (
    select opportunity_id, 'lead' as stage, created_on as entered_on from deals
    union all
    select opportunity_id, 'qualified', created_on + first_days::integer from deals where i % 12 != 7
    union all
    select opportunity_id, 'proposal', created_on + (first_days + second_days)::integer from deals
    union all
    select opportunity_id, 'qualified', created_on + (first_days + second_days + 2)::integer from deals where i % 12 = 3
    union all
    select opportunity_id, 'proposal', created_on + (first_days + second_days + 4)::integer from deals where i % 12 = 3
    union all
    select opportunity_id, case when is_won then 'won' else 'lost' end, created_on + (first_days + second_days + third_days)::integer
    from deals
    where i % 97 > 0
)
select opportunity_id, stage, entered_on, 10 from steps where entered_on <= date '2025-12-31';

-- Only what was lost has a reason.
update staged.opportunities set lost_reason = null
where opportunity_id not in (select opportunity_id from staged.stage_events where stage = 'lost');
