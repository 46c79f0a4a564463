-- Question: which regions does the viewer see, and what do they hang under?
-- Grain: region.
-- Columns: region_id, region, parent_region_id.
-- Caveats: a parent that the viewer does not see is named all the same: a season set for it holds for what is under it.
select region_id, region, parent_region_id from visible_regions order by region_id
