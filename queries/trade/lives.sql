-- Question: which products are there, and when were they launched and discontinued?
-- Grain: product within the filters.
-- Columns: product_id, product, category, brand, launched_on, discontinued_on.
-- Caveats: dates are what the user gave; where they are missing, the first and the last sale say more.
select product_id, product, category, brand, launched_on, discontinued_on
from filtered_products($categories, $product_ids)
order by product_id
