-- Question: which products may a target board hold?
-- Grain: product within the filters.
-- Columns: product_key, product_id, product, category, discontinued_on, list_price (money).
-- Caveats: whether a product still sells is for the answer to see.
select product_key, product_id, product, category, discontinued_on, list_price::double as list_price
from filtered_products($categories, $product_ids)
order by product_id
