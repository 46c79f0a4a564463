"""What the demo brewery promises to the pages and to the tests that use it."""

import polars as pl

LINES = 120_000
MONTHS = 60

Tables = dict[str, pl.DataFrame]
