"""Small frames for the shapes of the white space."""

import polars as pl

from charts.pipeline.places import places
from charts.pipeline.space_grid import account_categories, region_channels
from charts.pipeline.universe import universe

REGIONS = pl.DataFrame(
    {"region_id": ["N", "S", None], "region": ["North", "South", "No region"], "buys": [10, 5, 0], "reached_accounts": [30, 5, 0],
     "known_accounts": [40, 20, 3], "universe": [100, 20, 3], "universe_basis": ["all_stated", "known_only", "known_only"]}
)  # fmt: skip
CELLS = pl.DataFrame(
    {"region_id": ["N", "N", "S"], "region": ["North", "North", "South"], "channel": ["Bars", None, "Bars"], "open_accounts": [60, 10, 0],
     "reached_accounts": [30, 0, 5], "universe": [90, 10, 5]}
)  # fmt: skip
PROPOSALS = pl.DataFrame(
    {"account_id": ["a", "a", "b"], "account": ["Bar", "Bar", "Bar"], "product_id": ["p", "q", "p"], "product": ["Ale", "Cider", "Ale"], "category": ["Beer", "Cider", None], "expected_sales": [900.0, 100.0, None]}
)  # fmt: skip
PLACES = pl.DataFrame(
    {"town": ["Madrid", "Sevilla", "Pole"], "region": ["Centre", "South", None], "latitude": [40.42, 37.38, 89.0], "longitude": [-3.7, -5.97, 0.0],
     "known_accounts": [100, 50, 1], "reached_accounts": [75, 50, 0], "open_accounts": [25, 0, 1], "penetration": [0.75, 1.0, 0.0]}
)  # fmt: skip

SPACE_SHAPES = {
    "universe": lambda look: universe(REGIONS, key="region_id", name="region", theme=look, finding="It rose"),
    "places": lambda look: places(PLACES, theme=look, finding="It rose"),
    "region × channel": lambda look: region_channels(CELLS, theme=look, finding="It rose"),
    "account × category": lambda look: account_categories(PROPOSALS, theme=look, finding="It rose"),
}
EMPTY_SPACE = {
    "universe": lambda: universe(REGIONS.clear(), key="region_id", name="region"),
    "places": lambda: places(PLACES.clear()),
    "region × channel": lambda: region_channels(CELLS.clear()),
    "account × category": lambda: account_categories(PROPOSALS.clear()),
}
