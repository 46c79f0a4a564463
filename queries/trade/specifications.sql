-- Question: what is each product worth a unit, and how standardised is it?
-- Grain: product within the filters.
-- Columns: product_id, unit_volume (hl), standardisation (0–100), both null where nobody gave them.
-- Caveats: prices are what was paid: net sales ÷ units, from the sales.
select product_id, unit_volume::double as unit_volume, standardisation::double as standardisation
from filtered_products($categories, $product_ids)
order by product_id
