-- Question: what was sold in each region and month, of everything that the viewer sees?
-- Grain: region × month.
-- Columns: region_id (null for accounts of no region), month, quantity (sales units).
-- Caveats: only the products and the period narrow it: a region's season is the measure of its accounts', whichever are shown.
select regions.region_id, months.month, sum(months.quantity)::double as quantity
from filtered_product_months($from_date, $to_date, null, null, $categories, $product_ids, null) as months
left join visible_regions as regions on regions.region_key = months.region_key
group by all
order by regions.region_id, months.month
