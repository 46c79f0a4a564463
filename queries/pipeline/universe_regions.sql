-- Question: in which regions could there be accounts?
-- Grain: region within the filters.
-- Columns: region_id, region, has_regions (regions lie under it).
-- Caveats: a region without an account is a row: nobody sells there yet.
select
    regions.region_id, regions.region,
    regions.region_key in (select parent_region_key from visible_regions) as has_regions
from filtered_regions($region_ids) as regions
order by regions.region_id
