"""Which plan a visit or an opening belongs to: the same person and month, the kind that the plan names, and a place in its area."""

import polars as pl

KEYS = ("salesperson_id", "month")


def matched(plans: pl.DataFrame, done: pl.DataFrame, *values: str) -> pl.DataFrame:
    """`plans` (with plan_id) and `values`: what of `done` [salesperson_id, month, kind, city, region_id, region, <values>] belongs to each.

    An area is a city, a region or a region's identifier, in any letters; a plan without one is for everywhere, one without a kind for both kinds.
    What fits several plans counts for the first: none counts twice.
    """
    numbered = done.with_row_index("row")
    pairs = plans.select("plan_id", *KEYS, "area", pl.col("kind").alias("plan_kind")).join(numbered, on=KEYS, how="inner", maintain_order="left_right")
    area = pl.col("area").str.strip_chars().str.to_lowercase()
    places = [pl.col(name).str.strip_chars().str.to_lowercase() == area for name in ("city", "region", "region_id")]
    fits = (pl.col("plan_kind").is_null() | (pl.col("plan_kind") == pl.col("kind"))) & (area.is_null() | pl.any_horizontal(place.fill_null(False) for place in places))
    once = pairs.filter(fits).sort("plan_id").unique("row", keep="first", maintain_order=True)
    sums = once.group_by("plan_id").agg(pl.col(values).sum())
    return plans.join(sums, on="plan_id", how="left", maintain_order="left").with_columns(pl.col(values).fill_null(0))
