-- Question: what is known of the people at the account in person?
-- Grain: contact of the account asked for.
-- Columns: contact_id, name, role, birthday, interests.
-- Caveats: birthday and interests are null for a viewer whose role may not see them.
select contacts.contact_id, contacts.name, contacts.role, contacts.birthday, contacts.interests
from visible_contacts as contacts
where list_contains($account_ids, contacts.account_id)
order by contacts.role = 'decision maker' desc, contacts.name, contacts.contact_id
