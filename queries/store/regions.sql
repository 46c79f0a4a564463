-- Question: which regions can be chosen?
-- Grain: region.
-- Columns: region_id, region, region_key (the store's integer).
-- Caveats: only regions in the viewer's scope.
select region_id, region, region_key from visible_regions order by region, region_id
