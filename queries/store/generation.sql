-- Question: how far do the data of this generation reach?
-- Grain: one row.
-- Columns: as_of (last day with data), first_sold_on (first day with a sale), order_lines (rows), built_at (UTC).
-- Caveats: as_of falls back to the last stage event or activity in a store without sales.
select as_of, first_sold_on, order_lines, built_at
from visible_generation
