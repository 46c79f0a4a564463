"""How many accounts are there, how many do we know, and how many do we reach? By region, by channel, and by both (source 000: the target base
bounds growth, not our own resources).

    buys        bought in the window itself
    supplied    has not, but hangs under an account that did
    lapsed      bought once, not in the window
    prospect    never bought; an activity, a score or a deal shows that somebody works on it
    untouched   known by name only

Universe: what people state for a region and a channel, or for a whole region; never less than the accounts known there, and these alone
where nobody states more. `universe_basis` says which: all_stated, partly_stated (of some channels only), or known_only.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

from data.records import Record
from measures.pipeline.spellings import Spellings, spellings

STATUSES = ("buys", "supplied", "lapsed", "prospect", "untouched")
STATED, PARTLY, KNOWN = "all_stated", "partly_stated", "known_only"
PLACE = ("region_id", "region", "channel")

STATEMENTS_SCHEMA = {
    "record_id": pl.Int64, "version": pl.Int64, "region_id": pl.String, "channel": pl.String, "stated_accounts": pl.Int64, "source": pl.String,
    "written_by": pl.String, "written_at": pl.String,
}  # fmt: skip
COUNTS = ("known_accounts", *STATUSES, "reached_accounts")
EARLIER = ("reached_before", "known_before", "first_buyers")
MONEY = ("net_sales", "previous_sales", "margin", "costed_sales", "elsewhere")
RATED_SCHEMA = {
    **dict.fromkeys((*COUNTS, "universe"), pl.Int64), "universe_basis": pl.String, "stated_accounts": pl.Int64, "open_accounts": pl.Int64,
    "penetration": pl.Float64, "base_growth": pl.Float64, **dict.fromkeys(EARLIER, pl.Int64), **dict.fromkeys(MONEY, pl.Float64),
}  # fmt: skip
CELLS_SCHEMA = {"region_id": pl.String, "region": pl.String, "channel": pl.String, **RATED_SCHEMA}
REGIONS_SCHEMA = {"region_id": pl.String, "region": pl.String, **RATED_SCHEMA}


def placed(accounts: pl.DataFrame, start: date, *, supplied_count: bool, is_dated: bool, has_earlier: bool) -> pl.DataFrame:
    """The rows of queries/pipeline/universe_accounts with `status`, `is_reached`, `began` (a month), `was_known`, `was_reached`, `is_first`.

    `start` is the window's first day. Without dates of beginning (`is_dated`) or sales of the window before (`has_earlier`) what these
    would say is null.
    """
    since = pl.coalesce("opened_on", "began_month")
    status = (
        pl.when("buys").then(pl.lit("buys")).when("is_supplied").then(pl.lit("supplied"))
        .when(pl.col("first_month").is_not_null()).then(pl.lit("lapsed"))
        .when("is_touched").then(pl.lit("prospect")).otherwise(pl.lit("untouched"))
    )  # fmt: skip
    was_known = since.is_null() | (since < start)
    was_reached = (pl.col("bought_before") | (pl.col("was_supplied") & supplied_count)) & was_known
    return accounts.with_columns(
        status=status, began=since.dt.truncate("1mo"), is_reached=pl.col("buys") | (pl.col("is_supplied") & supplied_count),
        was_known=was_known if is_dated else pl.lit(None, pl.Boolean),
        was_reached=was_reached if has_earlier else pl.lit(None, pl.Boolean),
        is_first=(pl.col("first_month") >= start).fill_null(False) if has_earlier else pl.lit(None, pl.Boolean),
        previous_sales=pl.col("previous_sales") if has_earlier else pl.lit(None, pl.Float64),
    )  # fmt: skip


def cells(rows: pl.DataFrame, regions: pl.DataFrame, statements: pl.DataFrame) -> pl.DataFrame:
    """One row per region × channel that has an account or a statement, by CELLS_SCHEMA without rates. Whole regions are not cells."""
    counted = rows.group_by(PLACE).agg(_counts())
    of_channel = statements.filter(pl.col("channel").is_not_null()).select("region_id", "channel", "stated_accounts")
    named = of_channel.join(regions, on="region_id", how="left", nulls_equal=True)
    joined = counted.join(named.drop("region"), on=["region_id", "channel"], how="full", coalesce=True, nulls_equal=True)
    told = joined.drop("region").join(regions, on="region_id", how="left", nulls_equal=True)
    return _sized(told.with_columns(pl.col(*COUNTS).fill_null(0)), pl.col("stated_accounts").is_not_null()).sort("region_id", "channel", nulls_last=True)


def _counts() -> list[pl.Expr]:
    return [
        pl.len().alias("known_accounts"),
        *((pl.col("status") == status).sum().alias(status) for status in STATUSES),
        pl.col("is_reached").sum().alias("reached_accounts"),
        *(_known_sum(name).alias(to) for name, to in (("was_reached", "reached_before"), ("was_known", "known_before"), ("is_first", "first_buyers"))),
        *(_known_sum(name).alias(name) for name in MONEY),
    ]  # fmt: skip


def by_region(found: pl.DataFrame, regions: pl.DataFrame, statements: pl.DataFrame) -> pl.DataFrame:
    """The cells by region, with what is stated for whole regions; the most accounts to reach first. A region without any is a row, too."""
    whole = statements.filter(pl.col("channel").is_null()).select("region_id", pl.col("stated_accounts").alias("whole"))
    every = pl.concat([regions.select("region_id"), whole.select("region_id"), found.select("region_id")]).unique(maintain_order=True)
    summed = every.join(found.group_by("region_id").agg(_sums()), on="region_id", how="left", nulls_equal=True).join(
        whole, on="region_id", how="left", nulls_equal=True
    )
    filled = summed.with_columns(pl.col(*COUNTS, "universe").fill_null(0))
    is_whole = pl.col("whole").is_not_null() & (pl.col("whole") >= pl.col("universe"))
    told = filled.with_columns(
        stated_accounts=pl.when(is_whole).then("whole").otherwise("stated_accounts"), universe=pl.max_horizontal("universe", "whole"),
        universe_basis=pl.when(is_whole).then(pl.lit(STATED)).otherwise(pl.col("universe_basis").fill_null(KNOWN)),
    )  # fmt: skip
    named = told.join(regions, on="region_id", how="left", nulls_equal=True)
    return _rated(named).sort("open_accounts", "region_id", descending=[True, False], nulls_last=True)


def by_channel(found: pl.DataFrame) -> pl.DataFrame:
    """The cells by channel. What is stated for a whole region belongs to no channel."""
    return _rated(found.group_by("channel").agg(_sums())).sort("open_accounts", "channel", descending=[True, False], nulls_last=True)


def total(regions: pl.DataFrame) -> pl.DataFrame:
    """The sums of all rows of `regions` in one row, with its rates."""
    return _rated(regions.select(_sums()))


def _sums() -> list[pl.Expr]:
    """Cells or regions added up; the basis is one word where all agree."""
    bases = pl.col("universe_basis")
    basis = pl.when((bases == STATED).all()).then(pl.lit(STATED)).when((bases == KNOWN).all()).then(pl.lit(KNOWN)).otherwise(pl.lit(PARTLY))
    return [
        pl.col(*COUNTS, "universe").sum(), pl.when(pl.len() > 0).then(basis).otherwise(pl.lit(KNOWN)).alias("universe_basis"),
        *(_known_sum(name).alias(name) for name in ("stated_accounts", *EARLIER, *MONEY)),
    ]  # fmt: skip


def _known_sum(name: str) -> pl.Expr:
    """The sum of what is known; null where nothing is."""
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum())


def _sized(counted: pl.DataFrame, is_stated: pl.Expr) -> pl.DataFrame:
    return _rated(
        counted.with_columns(
            universe=pl.max_horizontal("known_accounts", "stated_accounts"), universe_basis=pl.when(is_stated).then(pl.lit(STATED)).otherwise(pl.lit(KNOWN))
        )
    )


def _rated(sized: pl.DataFrame) -> pl.DataFrame:
    """With what is open, the share that is reached, and the growth of what is known: null where nothing was known a window ago."""
    universe, before = pl.col("universe"), pl.col("known_before")
    return sized.with_columns(
        open_accounts=universe - pl.col("reached_accounts"), penetration=pl.when(universe > 0).then(pl.col("reached_accounts") / universe),
        base_growth=pl.when(before > 0).then(pl.col("known_accounts") / before - 1),
    )  # fmt: skip


def statements_of(records: Iterable[Record], regions: Iterable[str | None], channels: Spellings) -> pl.DataFrame:
    """What people state about these regions, by STATEMENTS_SCHEMA; the last word on a region and channel counts. None: no region.

    A channel is called as the accounts' `channels` are, however the statement writes it.
    """
    seen = set(regions)
    rows = [
        (
            record.record_id, record.version, record.subject or None, record.content.get("channel"), record.content.get("accounts"),
            record.content.get("source"), record.written_by, record.written_at,
        )
        for record in records
        if record.is_open and (record.subject or None) in seen
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=STATEMENTS_SCHEMA, orient="row")
    named = spellings(frame["channel"], channels.names).named(frame, "channel")
    return named.unique(["region_id", "channel"], keep="last", maintain_order=True)


def placed_statements(statements: pl.DataFrame, found: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """The statements with the region's name and the accounts known and reached there: of the channel, or of the whole region."""
    counts = ["known_accounts", "reached_accounts"]
    whole = found.group_by("region_id").agg(pl.col(counts).sum()).with_columns(channel=pl.lit(None, pl.String))
    known = pl.concat([found.select("region_id", "channel", *counts), whole.select("region_id", "channel", *counts)])
    # A cell without a channel is not the whole region, which a statement without one means.
    of_places = known.unique(["region_id", "channel"], keep="last", maintain_order=True)
    named = statements.join(regions, on="region_id", how="left", nulls_equal=True, maintain_order="left")
    joined = named.join(of_places, on=["region_id", "channel"], how="left", nulls_equal=True, maintain_order="left")
    return joined.sort("region", "channel", nulls_last=True).select(
        "region", "channel", "stated_accounts", pl.col(counts).fill_null(0), "source", "written_by", "written_at", "version"
    )
