-- Question: who are the people at the account?
-- Grain: contact of the account asked for, in no order.
-- Columns: contact_id, name, role, email, phone.
-- Parameters: account_key (the store's integer).
-- Caveats: birthday and interests are restricted and stay in the store.
select contact_id, name, role, email, phone
from visible_contacts
where account_key = $account_key
