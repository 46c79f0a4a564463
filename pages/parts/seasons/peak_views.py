"""The peak-season plan's forecast, by distributor and region, and its back-test."""

import polars as pl
import streamlit as st

from charts import labels
from charts.seasons.peak import columns, ranges, trials
from charts.seasons.peak_words import word
from data.language import _, format_money_compact, format_month, format_number, format_percent, ngettext
from measures.seasons.peak_forecast import PeakForecast
from pages.parts import draw, links, metrics, tables, tabs
from pages.parts.arrangement import named_first

LEVEL = ("name", "region", "total", "total_amount", "low", "high", "last_peak", "change_rate", "peak_start", "method", "wape", "wape_naive", "status", "id")
SHOWN_MONTHS = 24


def metric_row(answer: PeakForecast) -> None:
    """The next peak, the last one, and how far the forecast can be trusted."""
    row = answer.season.row(0, named=True)
    test = answer.backtest.row(0, named=True) if answer.backtest.height else dict.fromkeys(answer.backtest.columns)
    width = row["high"] / row["total"] - 1 if row["high"] is not None and row["total"] else None
    bounds = _("no interval yet") if width is None else _("{share} of the time").format(share=format_percent(row["interval"], 0))
    worse = _("last year's: {rate}").format(rate=format_percent(test["wape_naive"]))
    metrics.row(
        [
            metrics.Tile("peak_total", row["total"], row["change_rate"], _("on the last; {money}").format(money=format_money_compact(row["total_amount"]))),
            metrics.Tile("peak_width", width, beside=bounds),
            metrics.Tile("wape", test["wape"], label=_("Usual error"), beside=worse),
            metrics.Tile("bias", test["bias"], beside=_leaning(test["bias"])),
            metrics.Tile("coverage", test["coverage"], beside=ngettext("{n} earlier date", "{n} earlier dates", row["origins"]).format(n=row["origins"])),
        ]
    )


def _leaning(bias: float | None) -> str:
    """Which way former forecasts erred."""
    return "" if not bias else _("forecast too much") if bias > 0 else _("forecast too little")


def forecast(answer: PeakForecast, finding: str) -> None:
    """Earlier peaks and the next one with its interval; beside it the months that lead there."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.caption(_("Peaks: solid sold, hatched forecast with the interval of its total"))
        draw.chart(columns(answer.peaks, value="units", title=_("Units"), at="peak_start", theme=draw.theme(), finding=finding), key="peak_peaks")
    with right:
        st.caption(_("Months; the interval is the total's, months have none"))
        months = pl.concat([answer.months.filter(~pl.col("is_forecast")).tail(SHOWN_MONTHS), answer.months.filter(pl.col("is_forecast"))])
        draw.chart(columns(months, value="units", title=_("Units"), theme=draw.theme(), finding=finding), key="peak_months")
    row = answer.season.row(0, named=True)
    if row["peaks"] > 1:
        st.caption(_("Each distributor counts in its own region's peak; {month} is the company's.").format(month=format_month(row["peak_start"])))


def levels(answer: PeakForecast, finding: str) -> None:
    """Distributors or regions: forecast, interval, last peak; a chosen distributor opens its page."""
    by = tabs.choose(_("Rows"), {"account": _("Distributors"), "region": _("Regions")}, key="peak_level", name="rows")
    rows = answer.by_account if by == "account" else answer.by_region
    draw.chart(ranges(rows, theme=draw.theme(), finding=finding), key=f"peak_ranges_{by}")
    chosen = tables.show(
        labels.worded(rows.select(LEVEL), "method", "status", writer=word), f"peak_by_{by}", key=f"peak_{by}", pick=by == "account", leads="total"
    )
    if chosen is not None and by == "account":
        links.open_account(rows["id"][chosen])


def backtest(answer: PeakForecast, finding: str) -> None:
    """What earlier forecasts of the season's total missed, and by which method each distributor is forecast."""
    row = answer.season.row(0, named=True)
    if answer.backtest.is_empty():
        st.write(_("No earlier date has two years of history before it and a whole season after it: the forecast cannot be tested yet."))
        return
    st.markdown(
        _(
            "The combination forecast lost to last year's months at {n} of {all} distributors: there last year's months are used, alone or in equal parts with it."
        ).format(n=format_number(row["by_naive"]), all=format_number(row["accounts"]))
    )
    test = answer.backtest.row(0, named=True)
    if row["by_naive"]:
        rates = {"combo": test["wape_combo"], "naive": test["wape_naive"], "used": test["wape"]}
        told = _("The choice rests on the same earlier dates: the combination alone missed {combo}, last year's months {naive}, what is used {used}.")
        st.markdown(told.format(**{name: format_percent(rate) for name, rate in rates.items()}))
    draw.chart(trials(answer.trials, theme=draw.theme(), finding=finding), key="peak_trials")
    tables.show(labels.worded(answer.backtest, "method", writer=word), "peak_backtest", key="peak_backtest")
    tables.show(answer.trials.rename({"actual": "actual_units"}), "peak_trials", key="peak_trials_table")


def rows(answer: PeakForecast) -> None:
    """The forecast per distributor, product and month."""
    tables.show(named_first(answer.forecast, "account", "product"), "peak_forecast", key="peak_rows")
