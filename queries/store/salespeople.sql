-- Question: which salespeople can be chosen?
-- Grain: salesperson.
-- Columns: salesperson_id, salesperson, salesperson_key (the store's integer).
-- Caveats: only people of regions in the viewer's scope.
select salesperson_id, salesperson, salesperson_key from visible_salespeople order by salesperson, salesperson_id
