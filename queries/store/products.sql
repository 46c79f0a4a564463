-- Question: which products can be chosen?
-- Grain: product.
-- Columns: product_key, product_id, product, category, discontinued_on.
-- Caveats: products are the company's; everybody sees their names.
select product_key, product_id, product, category, discontinued_on from visible_products order by product, product_id
