-- Question: what was sold in each month, of everything that the viewer sees?
-- Grain: month.
-- Columns: month, quantity (sales units), net_sales (money).
-- Caveats: only the products and the period narrow it: the company's season is the measure of each account's, whichever are shown.
select months.month, sum(months.quantity)::double as quantity, sum(months.net_amount)::double as net_sales
from filtered_product_months($from_date, $to_date, null, null, $categories, $product_ids, null) as months
group by all
order by months.month
