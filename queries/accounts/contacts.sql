-- Question: who are the people at the account?
-- Grain: contact of the account asked for.
-- Columns: contact_id, name, role, email, phone.
-- Caveats: birthday and interests are restricted and stay in the store.
select contacts.contact_id, contacts.name, contacts.role, contacts.email, contacts.phone
from visible_contacts as contacts
where list_contains($account_ids, contacts.account_id)
order by contacts.role = 'decision maker' desc, contacts.name, contacts.contact_id
