"""The value pyramid's view of lifetime value: who is still a customer and what for, with the model's own conditions beside it."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.customers.alive import alive
from charts.findings.customers import value_views
from data.language import _, format_date, format_number
from measures.customers.lifetime_value import MODEL, LifetimeValue
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import answers, cuts, draw, explain, links, metrics, states, tables
from queries.filters import Filters

YEAR = 52
MODEL_CUTS, RETENTION_CUTS = ("lifetime_weeks", "spend_correlation"), ("discount_rate",)
"""What matters only where the model holds, and only where it does not."""


def show(head: st.delta_generator.DeltaGenerator, filters: Filters) -> str:
    """Controls, expected value by the probability of being alive, caveats, the customers, the parameters. Returns the finding."""
    answer, chosen = _asked(filters)
    finding = value_views.lifetime(answer, int(chosen["lifetime_weeks"]))
    if answer.lifetime.is_empty():
        states.no_sales(filters)
        return finding
    model = answer.lifetime_model.row(0, named=True)
    with head:
        _metric_row(answer, model)
    _chart(answer.lifetime, model, finding)
    _caveats(model, chosen)
    _customers(answer.lifetime, model)
    _parameters(answer.lifetime_model, model)
    explain.panel(("p_alive", "expected_value") if model["method"] == MODEL else ("retained_value", "retention_rate"), chosen.only(kind("lifetime_value").thresholds), ((_("Customers"), model["accounts"]), (_("Bought again"), model["repeaters"])))
    return finding


def _chart(lifetime: pl.DataFrame, model: dict[str, object], finding: str) -> None:
    if model["method"] == MODEL:
        draw.chart(alive(lifetime, theme=draw.theme(), finding=finding), key="lifetime_bands")
        return
    columns = {"name": "account", "key": "account_id", "value": "expected_value", "comparison": None, "metric": "retained_value"}
    draw.chart(bars(lifetime, **columns, theme=draw.theme(), finding=finding), key="lifetime_bars")


def _parameters(shown: pl.DataFrame, model: dict[str, object]) -> None:
    if model["method"] != MODEL:
        return
    st.markdown(f"**{_('Parameters of the model')}**")
    tables.show(shown.with_columns(method=pl.lit(_method(model))), "lifetime_model", key="lifetime_model")


def _asked(filters: Filters) -> tuple[LifetimeValue, Cuts]:
    """The answer, under the controls that move the method that it takes."""
    with st.expander(_("Horizon and conditions")):
        chosen = cuts.choose("lifetime_value", ("lifetime_accounts",), columns=1)
        method = answers.get("lifetime_value", filters, chosen).lifetime_model["method"][0]
        chosen = cuts.choose("lifetime_value", MODEL_CUTS if method == MODEL else RETENTION_CUTS, columns=2, base=chosen)
    return answers.get("lifetime_value", filters, chosen), chosen


def _metric_row(answer: LifetimeValue, model: dict[str, object]) -> None:
    rows, is_model = answer.lifetime, model["method"] == MODEL
    lasting = _("hollow: a model's value") if is_model else _("from what customers keep")
    metrics.row(
        [
            metrics.Tile("active_accounts", model["accounts"], label=_("Outlets") if model["only_outlets"] else _("Customers"), beside=_("{n} bought again").format(n=format_number(model["repeaters"]))),
            metrics.Tile("expected_value" if is_model else "retained_value", rows["expected_value"].sum() if rows["expected_value"].count() else None, beside=lasting),
            *([metrics.Tile("p_alive", rows["p_alive"].mean(), label=_("Mean probability of being alive"))] if is_model else []),
            metrics.Tile("retention_rate", model["retention_rate"]),
        ]
    )  # fmt: skip


def _method(model: dict[str, object]) -> str:
    return _("BG/NBD and gamma-gamma") if model["method"] == MODEL else _("What customers keep: margin × r ÷ (1 + i − r)")


def _caveats(model: dict[str, object], chosen: Cuts) -> None:
    """What the reader must know before believing a number."""
    said = [_("Method: {method}; purchase days through {date}, those of one day counted once.").format(method=_method(model), date=format_date(model["seen_until"]))]
    if not model["only_outlets"]:
        said.append(_("No outlet buys directly here: every account that buys is judged. For regular distributors the early warnings say more."))
    if model["method"] != MODEL:
        said.append(_("The model needs at least {n} customers and must converge.").format(n=format_number(chosen["lifetime_accounts"])))
    else:
        said.append(_("The model knows no season: a horizon of whole years leaves it out."))
        said.append(_("Who bought on one day only counts as alive; who bought before the data begin counts from their first day in them."))
    st.caption(" ".join(said))
    if model["method"] == MODEL and int(chosen["lifetime_weeks"]) % YEAR:
        st.warning(_("The horizon is no whole number of years: part of a season is in it, and the model does not see that."))
    if model["method"] == MODEL and not model["is_uncorrelated"]:
        st.warning(
            _(
                "Frequency and spend go together (correlation {value}, at most {most} allowed): the spend model does not hold, take the values as provisional."
            ).format(value=format_number(model["correlation"], 2), most=format_number(chosen["spend_correlation"], 2))
        )
    elif model["method"] == MODEL:
        st.caption(_("Correlation of frequency and spend: {value}; the condition of at most {most} holds.").format(
            value=format_number(model["correlation"], 2), most=format_number(chosen["spend_correlation"], 2)
        ))  # fmt: skip


def _customers(lifetime: pl.DataFrame, model: dict[str, object]) -> None:
    # Without the model nobody has a chance of being alive: a column of dashes says nothing.
    known = lifetime.select(name for name in lifetime.columns if lifetime[name].count())
    worth = "expected_value" if model["method"] == MODEL else "retained_value"
    shown = labels.worded(known, "kind", "status").rename({"expected_value": worth}, strict=False)
    chosen = tables.show(shown, "lifetime_value", key="lifetime_customers", pick=True, leads=worth)
    if chosen is not None:
        links.open_account(lifetime["account_id"][chosen])
