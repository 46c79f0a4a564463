"""What became of the work of the off-season in the peak that followed? Openings and visits, per distributor and salesperson.

The peak reflects performance, the off-season is its base (source 003). For each distributor: outlets and wholesalers opened under it and
visits made to it and to them in the off-season before its last whole peak, and that peak against the one before. Whether the two go
together is measured over all seasons of the data (measures/seasons/winter_association.py).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.held import held_tables
from measures.history import History, history, months_between
from measures.month_grid import month_grid
from measures.seasons.natural_board import BOARD_KINDS
from measures.seasons.peak_windows import SeasonWindows, season_windows
from measures.seasons.row_peaks import peak_before
from measures.seasons.winter_association import GROUP_SCHEMA, SCHEMA, association, groups
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, begin, together

THRESHOLDS = (
    "peak_by", "interval", "years", "window", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months", "region_seasons",
)  # fmt: skip
MOST_SEASONS = 8
"""Off-seasons that are looked back on: older work was another market's."""

WORK_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "region": pl.String, "salesperson_id": pl.String, "salesperson": pl.String,
    "opened": pl.Int64, "visits": pl.Int64, "peak": pl.Float64, "peak_before": pl.Float64, "change_rate": pl.Float64,
    "off_season_start": pl.Date, "peak_start": pl.Date,
}
PEOPLE_SCHEMA = {
    "salesperson_id": pl.String, "salesperson": pl.String, "opened": pl.Int64, "planned_openings": pl.Float64, "visits": pl.Int64,
    "planned_visits": pl.Float64, "accounts": pl.Int64, "peak": pl.Float64, "peak_before": pl.Float64, "change_rate": pl.Float64,
}


@dataclass(frozen=True)
class WinterWork:
    """`distributors` and `salespeople` of the last whole peak, most openings first; `association` over all seasons, `groups` its picture.

    A salesperson's openings and visits are those that they made, their peak that of the distributors that they look after now.
    """

    distributors: pl.DataFrame
    salespeople: pl.DataFrame
    association: pl.DataFrame
    groups: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> WinterWork:
    """The last whole peak within the period and the off-season before it; all tables are empty where there is none."""
    empty = WinterWork(*(pl.DataFrame(schema=schema) for schema in (WORK_SCHEMA, PEOPLE_SCHEMA, SCHEMA, GROUP_SCHEMA)))
    span = history(ask, filters.within(None, filters.to_date))
    if not span or not span.length:
        return empty
    rows, people = together(lambda: ask("seasons/account_units", filters.within(span.start, span.end)), lambda: ask("seasons/account_people", filters))
    if rows.is_empty():
        return empty
    keys, all_units = month_grid(rows, "account_key", "quantity", span)
    buyers = pl.DataFrame({"account_key": keys}).join(people, on="account_key", how="left", maintain_order="left")
    kinds = BOARD_KINDS if buyers["kind"].is_in(BOARD_KINDS).any() else tuple(buyers["kind"].unique().to_list())
    is_kept = buyers["kind"].is_in(kinds).fill_null(False)
    about, units = buyers.filter(is_kept), all_units[is_kept.to_numpy()]
    everything = filters.within(span.start, span.end)
    work = begin(
        lambda: _named(ask, ask("seasons/visits", everything, kinds=kinds)), lambda: ask("seasons/openings", everything, kinds=kinds),
        lambda: ask("seasons/planned_work", everything),
    )  # fmt: skip
    windows = season_windows(ask, _by_region(about["region_id"].to_list(), units), span, cuts)
    visits, opened, planned = work()
    if windows is None:
        return empty
    panel = _panel(about, np.maximum(units, 0.0), opened, visits, windows, span)
    if panel.is_empty():
        return empty
    last = panel.filter(pl.col("season") == 1)
    worked = _people(last, opened, visits, planned)
    share, held = float(cuts["interval"]), held_tables(ask).row(0, named=True)
    return WinterWork(_known(_distributors(last), held), _known(worked, held), association(panel, share), groups(panel, share))


def _named(ask: Ask, visits: pl.DataFrame) -> pl.DataFrame:
    """Visits with the salesperson_id of who made them; null where the viewer sees nobody of that key."""
    people = ask("store/salespeople", Filters()).select("salesperson_id", pl.col("salesperson_key").cast(visits.schema["salesperson_key"]))
    return visits.join(people, on="salesperson_key", how="left", maintain_order="left")


def _known(rows: pl.DataFrame, held: dict[str, bool]) -> pl.DataFrame:
    """The rows without the work that the data do not hold at all: it is not known, which is not none."""
    missing = [name for name, table in (("opened", "parents"), ("visits", "activities")) if not held[table] and not rows[name].sum()]
    return rows.with_columns(pl.lit(None, rows.schema[name]).alias(name) for name in missing)


def _by_region(regions: list[str | None], units: np.ndarray) -> dict[str | None, np.ndarray]:
    return {region: units[[at for at, own in enumerate(regions) if own == region]].sum(axis=0) for region in dict.fromkeys(regions)}


@dataclass(frozen=True)
class _Season:
    """A region's season: its accounts' `rows`, how many peaks `back`, the peak and the one before as columns of months, the work's months."""

    rows: np.ndarray
    back: int
    peak: History
    now: slice
    before: slice
    low: History


def _panel(about: pl.DataFrame, units: np.ndarray, opened: pl.DataFrame, visits: pl.DataFrame, windows: SeasonWindows, span: History) -> pl.DataFrame:
    """One row per distributor and season (1 = the last): peak, the peak before, and the work of the off-season between them."""
    seasons = _seasons(about["region_id"].to_list(), windows, span)
    if not seasons:
        return pl.DataFrame(schema=WORK_SCHEMA)
    counts = [len(season.rows) for season in seasons]
    lows = [_columns(season.low, span) for season in seasons]
    sums = {
        "peak": [units[season.rows][:, season.now] for season in seasons], "peak_before": [units[season.rows][:, season.before] for season in seasons],
    } | {
        name: [grid[season.rows][:, low] for season, low in zip(seasons, lows, strict=True)]
        for name, rows in (("opened", opened), ("visits", visits))
        for grid in [_by_month(rows, name, about["account_key"], span)]
    }  # fmt: skip
    days = {
        "off_season_start": [season.low.start for season in seasons], "off_season_end": [season.low.end for season in seasons],
        "peak_start": [season.peak.start for season in seasons],
    }  # fmt: skip
    panel = about[np.concatenate([season.rows for season in seasons])].with_columns(
        pl.Series("season", np.repeat([season.back for season in seasons], counts)),
        *(pl.Series(name, np.concatenate([part.sum(axis=1) for part in parts])) for name, parts in sums.items()),
        *(pl.Series(name, np.repeat(np.array(of, "datetime64[D]"), counts)) for name, of in days.items()),
    )
    return panel.filter((pl.col("peak") > 0) | (pl.col("peak_before") > 0)).with_columns(pl.col("opened", "visits").cast(pl.Int64))


def _seasons(regions: list[str | None], windows: SeasonWindows, span: History) -> list[_Season]:
    """The seasons of every region; those of which the data lack one of the two peaks, or an off-season between them, are left out."""
    rows: dict[str | None, list[int]] = {}
    for row, region in enumerate(regions):
        rows.setdefault(region, []).append(row)
    found = (_season(np.array(own), windows, region, back, span) for region, own in rows.items() for back in range(1, MOST_SEASONS + 1))
    return [season for season in found if season is not None]


def _season(rows: np.ndarray, windows: SeasonWindows, region: str | None, back: int, span: History) -> _Season | None:
    """A region's season `back` peaks ago."""
    coming = windows.next_peak(region, span)
    now, before = (peak_before(coming, span, step) for step in (back, back + 1))
    if now is None or before is None:
        return None
    peak = History(add_months(span.start, now.start), add_months(span.start, now.stop))
    low = windows.off_season_before(region, peak)
    return None if low is None or low.start < span.start else _Season(rows, back, peak, now, before, low)


def _columns(months: History, span: History) -> slice:
    return slice(months_between(span.start, months.start), months_between(span.start, months.end))


def _by_month(rows: pl.DataFrame, name: str, keys: pl.Series, span: History) -> np.ndarray:
    """What was done for each of the accounts in each month (accounts, months), 0 where nothing was."""
    known, grid = month_grid(rows.drop_nulls("account_key"), "account_key", name, span)
    places = keys.to_frame().join(known.to_frame().with_row_index("place"), on="account_key", how="left", maintain_order="left")["place"]
    return np.vstack([grid, np.zeros(span.length)])[places.fill_null(len(known)).to_numpy()]


def _distributors(last: pl.DataFrame) -> pl.DataFrame:
    rated = last.with_columns(change_rate=_change())
    return rated.sort("opened", "visits", "account_id", descending=[True, True, False]).select(typed(WORK_SCHEMA))


def _change() -> pl.Expr:
    return pl.when(pl.col("peak_before") > 0).then(pl.col("peak") / pl.col("peak_before") - 1)


def _people(last: pl.DataFrame, opened: pl.DataFrame, visits: pl.DataFrame, planned: pl.DataFrame) -> pl.DataFrame:
    """Each salesperson's work between the first and the last day of the off-seasons of their distributors, and these distributors' peaks."""
    named = last.filter(pl.col("salesperson_id").is_not_null())
    own = named.group_by("salesperson_id", "salesperson").agg(
        pl.len().alias("accounts"), pl.col("peak").sum(), pl.col("peak_before").sum(), pl.col("off_season_start").min(), pl.col("off_season_end").max()
    )
    for rows, names in ((opened, ("opened",)), (visits, ("visits",)), (planned, ("planned_openings", "planned_visits"))):
        own = _with_own(own, rows, names)
    filled = own.with_columns(pl.col("opened", "visits").fill_null(0), change_rate=_change())
    ranked = filled.sort("opened", "salesperson_id", descending=[True, False])
    return ranked.select(typed(PEOPLE_SCHEMA))


def _with_own(own: pl.DataFrame, rows: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The people with what they did (or planned) in their own off-season's months."""
    bounds = own.select("salesperson_id", "off_season_start", "off_season_end")
    inside = rows.join(bounds, on="salesperson_id", how="inner").filter(
        pl.col("month") >= pl.col("off_season_start"), pl.col("month") < pl.col("off_season_end")
    )
    return own.join(inside.group_by("salesperson_id").agg(pl.col(names).sum()), on="salesperson_id", how="left", maintain_order="left")

