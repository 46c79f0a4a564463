-- What row security asks of every row (data/views/visible.sql). It comes before all other scripts of a reader.

-- Whether a row of that region is in the scope. Who sees key 0 sees everything, so that nothing needs to be looked up for them.
create macro is_visible(region_key) as
    list_contains(getvariable('visible_region_keys'), 0) or list_contains(getvariable('visible_region_keys'), region_key);
