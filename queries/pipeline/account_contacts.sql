-- Question: where do we know people, and do we know one who decides?
-- Grain: account with a contact.
-- Columns: account_key (the store's integer), contacts, has_decision_maker.
-- Caveats: all that the viewer sees, whatever the filters. Contacts have no date.
select account_key, count(*)::bigint as contacts, coalesce(bool_or(role = 'decision maker'), false) as has_decision_maker
from visible_contacts
group by account_key
order by account_key
