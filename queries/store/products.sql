-- Question: which products can be chosen?
-- Grain: product.
-- Columns: product_key, product_id, product, category.
-- Caveats: products are the company's; everybody sees their names.
select product_key, product_id, product, category from visible_products order by product, product_id
