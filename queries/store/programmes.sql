-- Question: what are the programmes called?
-- Grain: programme.
-- Columns: programme_key (the store's integer), programme.
-- Caveats: programmes are the company's; everybody sees their names.
select programme_key, programme from visible_programmes order by programme_key
