"""The programmes' other tables: by kind, touches by phase, who took part, and the whole in one row."""

from datetime import date

import polars as pl

from measures.trade.programme_effects import INSUFFICIENT, LOSES, PAYS_BACK, UNCLEAR
from measures.trade.programme_life import lasting_months
from measures.typed import typed

PHASES = ("before", "during", "after")
KIND_SCHEMA = {
    "kind": pl.String, "programmes": pl.Int64, "judged": pl.Int64, "cost_here": pl.Float64, "judged_cost": pl.Float64, "uplift": pl.Float64,
    "uplift_rate": pl.Float64, "extra_margin": pl.Float64, "extra_margin_low": pl.Float64, "extra_margin_high": pl.Float64, "payback": pl.Float64,
    "payback_low": pl.Float64, "payback_high": pl.Float64, "lasting_months": pl.Int64,
}  # fmt: skip
TOUCH_SCHEMA = {
    "programme_id": pl.String, "programme": pl.String, "kind": pl.String, "phase": pl.String, "touches": pl.Int64, "accounts": pl.Int64,
    "answered": pl.Int64, "answered_rate": pl.Float64, "ordered": pl.Int64, "ordered_rate": pl.Float64, "hours": pl.Float64, "cost": pl.Float64,
}  # fmt: skip
PARTICIPANT_SCHEMA = {
    "programme_id": pl.String, "programme": pl.String, "kind": pl.String, "account_id": pl.String, "account": pl.String, "region": pl.String,
    "marked_sales": pl.Float64, "touches": pl.Int64, "touch_cost": pl.Float64,
}  # fmt: skip


def kinds(programmes: pl.DataFrame, curve: pl.DataFrame) -> pl.DataFrame:
    """KIND_SCHEMA, the dearest first. Payback is of the programmes that can be judged and whose cost is known, their ranges combined as independent."""
    rows = [_kind(kind, own, curve) for (kind,), own in programmes.with_columns(pl.col("kind").fill_null("other")).partition_by("kind", as_dict=True).items()]
    return pl.DataFrame(rows, schema=KIND_SCHEMA).sort("cost_here", "kind", descending=[True, False], nulls_last=True)


def _kind(kind: str, own: pl.DataFrame, curve: pl.DataFrame) -> dict[str, object]:
    judged = own.filter(pl.col("status") != INSUFFICIENT)
    paid = judged.filter(pl.col("extra_margin").is_not_null(), pl.col("cost_here") > 0)
    cost, extra = paid["cost_here"].sum(), paid["extra_margin"].sum()
    half = (((paid["extra_margin_high"] - paid["extra_margin_low"]) / 2) ** 2).sum() ** 0.5
    natural, known = judged["natural_sales"].sum(), paid.height > 0
    months = curve.filter(pl.col("kind") == kind)
    return {
        "kind": kind, "programmes": own.height, "judged": judged.height, "cost_here": own["cost_here"].sum() if own["cost_here"].count() else None,
        "judged_cost": cost if known else None, "uplift": judged["uplift"].sum() if judged.height else None,
        "uplift_rate": judged["uplift"].sum() / natural if natural > 0 else None, "extra_margin": extra if known else None,
        "extra_margin_low": extra - half if known else None, "extra_margin_high": extra + half if known else None,
        "payback": extra / cost if known else None, "payback_low": (extra - half) / cost if known else None, "payback_high": (extra + half) / cost if known else None,
        "lasting_months": lasting_months(months) if months.height else None,
    }  # fmt: skip


def touch_rows(touches: pl.DataFrame, programmes: pl.DataFrame) -> pl.DataFrame:
    """TOUCH_SCHEMA: all three phases of each programme that was named by an activity, the newest programme first."""
    named = programmes.filter(pl.col("programme_id").is_in(touches["programme_id"].implode())).sort("starts_on", "programme_id", descending=[True, False])
    places = named.select("programme_id", "programme", "kind").join(pl.DataFrame({"phase": PHASES}), how="cross", maintain_order="left")
    rows = places.join(touches, on=["programme_id", "phase"], how="left", maintain_order="left").with_columns(
        pl.col("touches", "accounts", "answered", "ordered").fill_null(0)
    )
    rated = rows.with_columns(
        answered_rate=pl.when(pl.col("touches") > 0).then(pl.col("answered") / pl.col("touches")),
        ordered_rate=pl.when(pl.col("accounts") > 0).then(pl.col("ordered") / pl.col("accounts")),
    )
    return rated.select(typed(TOUCH_SCHEMA))


def participant_rows(who: pl.DataFrame, programmes: pl.DataFrame) -> pl.DataFrame:
    """PARTICIPANT_SCHEMA of those within the filters, in the programmes' order."""
    inside = who.filter("is_inside")
    rows = programmes.select("programme_id", "programme", "kind").join(inside, on="programme_id", how="inner", maintain_order="left_right")
    return rows.select(typed(PARTICIPANT_SCHEMA))


def summary(programmes: pl.DataFrame, has_programmes: bool, as_of: date | None) -> pl.DataFrame:
    """One row: how many programmes of each verdict, what they cost, and what those that can be judged brought.

    `has_programmes` says whether the store has any, whatever the period.
    """
    judged = programmes.filter(pl.col("status") != INSUFFICIENT, pl.col("extra_margin").is_not_null(), pl.col("cost_here") > 0)
    half = (((judged["extra_margin_high"] - judged["extra_margin_low"]) / 2) ** 2).sum() ** 0.5
    cost, extra = judged["cost_here"].sum(), judged["extra_margin"].sum()
    counted = {name: int((programmes["verdict"] == name).sum()) for name in (PAYS_BACK, LOSES, UNCLEAR, INSUFFICIENT)}
    no_effect = programmes.filter(pl.col("status") != INSUFFICIENT, pl.col("no_effect"))
    return pl.DataFrame(
        {
            "as_of": [as_of], "has_programmes": [has_programmes], "programmes": [programmes.height], **{name: [count] for name, count in counted.items()},
            "cost": [programmes["cost"].sum()], "cost_here": [programmes["cost_here"].sum()], "judged_cost": [cost],
            "extra_margin": [extra if judged.height else None], "extra_margin_low": [extra - half if judged.height else None],
            "extra_margin_high": [extra + half if judged.height else None], "payback": [extra / cost if cost > 0 else None],
            "no_effect": [no_effect.height], "no_effect_cost": [no_effect["cost_here"].sum()],
            "lost_cost": [programmes.filter(pl.col("verdict") == LOSES)["cost_here"].sum()],
        },
        schema_overrides={"as_of": pl.Date, "payback": pl.Float64, "extra_margin": pl.Float64, "extra_margin_low": pl.Float64, "extra_margin_high": pl.Float64},
    )  # fmt: skip
