"""What did each programme cost, who took part, and what was sold against natural sales? (coverage.md 6, 22, 24, 45, 46)

Programmes of the period. Part took who bought under a programme's mark (`promotion_id` of the order lines), or had an activity during it
whose outcome names it. Their sales in the programme's months and `programme_after` more stand against their natural sales
(measures/trade/programme_panels.py). All of it is association: who takes part was not drawn by lot.

A programme's cost is the company's. Within filters a part of it counts: by what was sold under the mark, else by heads. Who sees some regions
only cannot know the others' part: then only what the activities themselves cost is known.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.history import History, months_between, whole_history
from measures.month_grid import columns_of
from measures.pipeline.sales_model import words
from measures.seasons.seasons import seasonal_index
from measures.thresholds import Cuts
from measures.trade.programme_effects import EFFECT_SCHEMA, INSUFFICIENT, LOSES, SEASON, baseline_of, effect, with_verdicts
from measures.trade.programme_life import lasting_months, life, month_estimates
from measures.trade.programme_panels import Panel, panels
from measures.trade.programme_tables import kinds, participant_rows, summary, touch_rows
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = (
    "programme_after", "programme_baseline", "programme_rest", "programme_accounts", "promoted_share", "programme_interval", "touch_days", "order_days", "cost_coverage",
    "unanswered_outcomes",
)  # fmt: skip
PARTS = ("relationship_spending",)
PLANNED, RUNNING, WORKING, ENDED = "planned", "running", "working", "ended"

PROGRAMME_SCHEMA = {
    "programme_id": pl.String, "programme": pl.String, "kind": pl.String, "starts_on": pl.Date, "ends_on": pl.Date, "programme_stage": pl.String,
    "cost": pl.Float64, "cost_here": pl.Float64, "accounts": pl.Int64, "marked_sales": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class Programmes:
    """`programmes` by falling cost; `kinds`; `life` of each kind's effect by month; `touches` before, during, after; `participants`.

    `cuts` are the programmes whose money can be questioned, with the reason. `summary` has one row.
    """

    programmes: pl.DataFrame
    kinds: pl.DataFrame
    life: pl.DataFrame
    touches: pl.DataFrame
    participants: pl.DataFrame
    cuts: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Programmes:
    """The programmes that ran in the period."""
    known, span = ask("trade/programmes", filters), whole_history(ask)
    listed = known.filter("is_shown")
    who = ask("trade/programme_participants", filters, programme_ids=tuple(listed["programme_id"]))
    listed = _of_the_viewer(listed, who, span)
    ids = tuple(listed["programme_id"])
    effects, curves = _effects(ask, filters, listed, who, span, cuts) if span and span.length else ([], [])
    curve = life(curves, float(cuts["programme_interval"]))
    told = _told(listed, who).join(pl.DataFrame(effects, schema=EFFECT_SCHEMA), on="programme_id", how="left", maintain_order="left")
    staged = _staged(told.with_columns(pl.col("status").fill_null(INSUFFICIENT)), curve, span)
    rows = with_verdicts(staged).sort("cost", "programme_id", descending=[True, False], nulls_last=True)
    touches = _touches(ask, filters, ids, cuts)
    return Programmes(
        rows, kinds(rows, curve), curve, touch_rows(touches, rows), participant_rows(who, rows), questioned(rows), summary(rows, not known.is_empty(), span.end if span else None),
    )  # fmt: skip


def _of_the_viewer(listed: pl.DataFrame, who: pl.DataFrame, span: History | None) -> pl.DataFrame:
    """Without what has run elsewhere: who sees a part of the company sees the programmes in which its accounts took part, and what is to come."""
    to_come = pl.col("starts_on") >= span.end if span else pl.lit(False)
    return listed.filter(pl.col("sees_all") | pl.col("programme_id").is_in(who["programme_id"].implode()) | to_come)


def questioned(programmes: pl.DataFrame) -> pl.DataFrame:
    """Programmes that surely brought less than they cost, or after which no more was surely sold than naturally, the dearest first."""
    judged = programmes.filter(pl.col("status") != INSUFFICIENT, (pl.col("verdict") == LOSES) | (pl.col("no_effect") & (pl.col("net_result") < 0)))
    why = pl.when(pl.col("no_effect")).then(pl.lit("no_effect")).otherwise(pl.lit("less_than_cost")).alias("why")
    return judged.with_columns(why).select(
        "programme_id", "programme", "kind", "starts_on", "why", "cost_here", "extra_margin", "net_result", "uplift_rate", "uplift_rate_low", "uplift_rate_high"
    )


def _effects(
    ask: Ask, filters: Filters, listed: pl.DataFrame, who: pl.DataFrame, span: History, cuts: Cuts
) -> tuple[list[dict[str, object]], list[tuple[str, dict]]]:
    """Rows of EFFECT_SCHEMA, and (kind, month estimates) of the programmes that can be judged."""
    kind_of = dict(listed.select("programme_id", "kind").iter_rows())
    found = list(panels(ask, filters, listed, who, span, cuts))
    indices = _indices(ask, filters, found, span, cuts)
    rows, curves = [], []
    for panel in found:
        by = baseline_of(panel, indices.get(panel.programme_id), cuts)
        row = effect(panel, by, int(cuts["programme_after"]), cuts)
        rows.append(row)
        if row["status"] != INSUFFICIENT:
            curves.append((kind_of[panel.programme_id] or "other", month_estimates(panel, by)))
    return rows, curves


def _indices(ask: Ask, filters: Filters, found: list[Panel], span: History, cuts: Cuts) -> dict[str, np.ndarray]:
    """The season of each programme's products in its regions, for those that have no others to be compared with; it needs two years."""
    needing = [panel for panel in found if cuts["programme_baseline"] == SEASON or int(panel.is_other.sum()) < int(cuts["programme_accounts"])]
    if not needing:
        return {}
    sold = ask("seasons/region_product_months", Filters(span.start, span.end, filters.region_ids, None, filters.categories, filters.product_ids))
    marked = ask("trade/programme_products", Filters(), programme_ids=tuple(panel.programme_id for panel in needing if panel.rest is not None))
    at = columns_of(sold["month"], span.start)
    series = []
    for panel in needing:
        of = sold["region_id"].is_in([region for region in panel.regions if region is not None])
        of = of | sold["region_id"].is_null() if None in panel.regions else of
        if panel.rest is not None:
            of = of & sold["product_id"].is_in(marked.filter(pl.col("programme_id") == panel.programme_id)["product_id"].implode())
        chosen = of.fill_null(False).to_numpy()
        series.append(np.bincount(at[chosen], sold["net_sales"].to_numpy()[chosen], span.length)[: span.length])
    index = seasonal_index(span.months, np.maximum(np.array(series), 0.0))
    return {panel.programme_id: own for panel, own in zip(needing, index, strict=True) if np.isfinite(own).all() and (own > 0).all()}


def _told(listed: pl.DataFrame, who: pl.DataFrame) -> pl.DataFrame:
    """The programmes with their participants within the filters and the part of the cost that falls to these."""
    part = who.group_by("programme_id").agg(
        pl.col("is_inside").sum().cast(pl.Int64).alias("accounts"), pl.col("is_inside").mean().alias("heads"),
        pl.col("marked_sales").filter("is_inside").sum().alias("marked_sales"), pl.col("marked_sales").sum().alias("all_marked"),
        pl.col("touch_cost").filter("is_inside").sum().alias("own_cost"),
    )  # fmt: skip
    share = pl.when(pl.col("all_marked") > 0).then(pl.col("marked_sales") / pl.col("all_marked")).otherwise("heads")
    known = pl.when("sees_all").then(pl.col("cost") * share.fill_null(1.0)).when(pl.col("own_cost") > 0).then("own_cost")
    joined = listed.join(part, on="programme_id", how="left", maintain_order="left").with_columns(pl.col("accounts").fill_null(0), cost_here=known)
    return joined.with_columns(programme_stage=pl.lit(None, pl.String)).select(typed(PROGRAMME_SCHEMA))


def _staged(programmes: pl.DataFrame, curve: pl.DataFrame, span: History | None) -> pl.DataFrame:
    """Where each programme stands in its life: planned, running, its effect still working, or over."""
    lasting = {kind[0]: lasting_months(rows) for kind, rows in curve.partition_by("kind", as_dict=True).items()} if curve.height else {}
    rows = [_stage(row, lasting, span) for row in programmes.select("kind", "starts_on", "ends_on").iter_rows(named=True)]
    return programmes.with_columns(pl.Series("programme_stage", rows, dtype=pl.String))


def _stage(row: dict[str, object], lasting: dict[str, int], span: History | None) -> str | None:
    if row["starts_on"] is None or span is None:
        return None
    if row["starts_on"] >= span.end:
        return PLANNED
    if row["ends_on"] >= span.end:
        return RUNNING
    return WORKING if months_between(row["starts_on"], span.end) < lasting.get(row["kind"] or "other", 0) else ENDED


def _touches(ask: Ask, filters: Filters, ids: tuple[str, ...], cuts: Cuts) -> pl.DataFrame:
    return ask(
        "trade/programme_touches", filters, programme_ids=ids, touch_days=int(cuts["touch_days"]), order_days=int(cuts["order_days"]),
        one_way=words(cuts["unanswered_outcomes"]),
    )  # fmt: skip

