-- Question: which regions can be chosen?
-- Grain: region.
-- Columns: region_id, region.
-- Caveats: only regions in the viewer's scope.
select region_id, region from visible_regions order by region, region_id
