"""How far an account is from the next tier of each of its rebates, and what reaching it is worth."""

import polars as pl
import streamlit as st

from charts import labels
from charts.trade.rebate_words import amount
from data.language import _, format_money, format_percent
from measures.trade.rebate_distance import NEEDS_MORE, ON_THE_WAY, next_tiers
from pages.parts import tables
from pages.parts.escape import plain

SHOWN = (
    "scheme_id", "measure", "from_value", "rate", "retrospective", "value", "expected", "distance", "distance_rate", "reward", "growth_needed",
    "gain", "status",
)  # fmt: skip


def view(rebates: pl.DataFrame, about: list[tuple[str, str]]) -> None:
    """One sentence per scheme, then every tier."""
    if rebates.is_empty():
        st.write(_("No rebate scheme holds for this account. Schemes are the table “Rebates”."))
        return
    waiting = next_tiers(rebates)
    for row in waiting.iter_rows(named=True):
        st.markdown(f"- {plain(sentence(row))}")
    if waiting.is_empty():
        st.markdown(_("Every tier is reached."))
    named = rebates.select(SHOWN).rename({"rate": "rebate_rate", "value": "year_to_date", "expected": "natural_year"})
    worded = labels.worded(named, "status")
    written = labels.worded(worded, "measure", writer=labels.metric).with_columns(
        pl.when("retrospective").then(pl.lit(_("Yes"))).otherwise(pl.lit(_("No"))).alias("retrospective")
    )
    tables.show(written, "account_rebates", key="account_table_rebates", about=about)
    st.caption(_("Amounts of the fiscal year so far, returns off; the natural year adds the forecast of the months left, with no new action."))


def distance(row: dict[str, object]) -> str:
    """How far a tier is: 8.4K units to 210K units."""
    left, tier = (amount(row[name], row["measure"], short=True) for name in ("distance", "from_value"))
    return _("{left} to the tier of {tier}").format(left=left, tier=tier)


def sentence(row: dict[str, object]) -> str:
    """How far the scheme's next tier is, and whether the natural year gets there."""
    texts = {
        "scheme": row["scheme_id"], "left": amount(row["distance"], row["measure"]), "tier": amount(row["from_value"], row["measure"]),
        "rate": format_percent(row["rate"]), "reward": format_money(row["reward"]), "value": amount(row["value"], row["measure"]),
    }  # fmt: skip
    text = _("{scheme}: {left} to the tier of {tier} at {rate}, {value} so far").format(**texts)
    if row["retrospective"] and row["reward"] is not None:
        text += _("; reaching it pays {reward}").format(**texts)
    verdicts = {ON_THE_WAY: _("; the natural year gets there"), NEEDS_MORE: _("; the natural year does not get there")}
    return text + (verdicts.get(row["status"], "") if row["expected"] is not None else "")
