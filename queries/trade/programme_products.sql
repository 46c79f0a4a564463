-- Question: which products carry each of these programmes' marks?
-- Grain: programme × product with an order line under its mark.
-- Columns: programme_id, product_id.
-- Caveats: of the programmes $programme_ids. of the lines that the viewer sees.
select distinct programmes.programme_id, products.product_id
from visible_programme_months as marks
inner join visible_programmes as programmes on programmes.programme_key = marks.programme_key
inner join visible_products as products on products.product_key = marks.product_key
where list_contains($programme_ids, programmes.programme_id)
order by programmes.programme_id, products.product_id
