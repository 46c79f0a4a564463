-- Question: which products may a target board hold?
-- Grain: product within the filters.
-- Columns: product_key, product_id, product, category, discontinued_on.
-- Caveats: whether a product still sells is for the answer to see.
select product_key, product_id, product, category, discontinued_on
from filtered_products($categories, $product_ids)
order by product_id
