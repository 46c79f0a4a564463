"""The views of the development plan: people, months, areas, what became of the new accounts, the channel, whom to win next."""

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.team import development_plan as findings
from charts.forest import forest
from charts.team.channel import channel, path_text
from charts.team.funnel_plot import funnel_plot
from charts.trend import trend
from data.language import _, format_number, format_percent, mark
from measures.team.development_plan import DevelopmentPlan
from measures.thresholds import Cuts
from pages.parts import draw, links, metrics, tables, tabs
from pages.parts.escape import plain

VIEWS = {
    "people": mark("People"), "months": mark("Months"), "areas": mark("Areas"), "life": mark("New accounts"), "channel": mark("Channel"),
    "candidates": mark("Whom to win next"),
}  # fmt: skip
SHOWN = 15
DONE = {"visits": mark("Visits"), "developments": mark("Developments")}


def metric_row(answer: DevelopmentPlan) -> None:
    """Adherence, developments, how the new accounts live, what competitors hold, what lies beyond our reach."""
    row = answer.summary.row(0, named=True)
    metrics.row(
        [
            metrics.Tile("adherence", row["adherence"], beside=_of(row["visits_kept"], row["planned_visits"])),
            metrics.Tile("development_rate", row["development_rate"], beside=_of(row["developments"], row["planned_developments"])),
            metrics.Tile("alive_rate", row["alive_rate"], beside=_between(row["alive_low"], row["alive_high"])),
            metrics.Tile("candidate_amount", row["candidate_amount"], beside=_("{n} candidates").format(n=format_number(row["candidates"]))),
            metrics.Tile("beyond_rate", row["beyond_rate"], beside=_("{n} accounts beyond").format(n=format_number(row["beyond"]))),
        ]
    )  # fmt: skip


def _of(made: float | None, planned: float | None) -> str:
    return _("{n} of {plan} planned").format(n=format_number(made), plan=format_number(planned)) if planned else ""


def _between(low: float | None, high: float | None) -> str:
    return "" if low is None else _("from {low} to {high}").format(low=format_percent(low, 0), high=format_percent(high, 0))


def show_view(view: str, answer: DevelopmentPlan, cuts: Cuts) -> None:
    """Draw the chosen view."""
    {"people": _people, "months": _months, "areas": _areas, "life": _life, "channel": _channel, "candidates": _candidates}[view](answer, cuts)


def _titled(said: str) -> None:
    st.markdown(f"**{plain(said)}**")


def _people(answer: DevelopmentPlan, cuts: Cuts) -> None:
    if answer.people.is_empty():
        st.info(_("Nobody has a plan in the complete months of the period."))
        return
    said = findings.people_sentence(answer)
    _titled(said)
    draw.chart(_adherence(answer, said), key="development_people")
    if answer.people.height > SHOWN:
        st.caption(_("The {n} with the lowest adherence are drawn; the table has all. Ranges are Wilson's, at 95%.").format(n=format_number(SHOWN)))
    tables.show(labels.worded(answer.people, "plan_verdict", "alive_verdict"), "development_people", key="development_people_table", leads="adherence")


def _adherence(answer: DevelopmentPlan, said: str):
    common = answer.summary["adherence"].item() or 0.0
    shown = answer.people.filter(pl.col("adherence").is_not_null()).head(SHOWN)
    tone = pl.when(pl.col("adherence_low") > common).then(pl.lit("better")).when(pl.col("adherence_high") < common).then(pl.lit("worse")).otherwise(pl.lit("plain"))
    rates = [format_percent(rate, 0) for rate in shown["adherence"]]
    texts = [_("{rate} · {n} of {plan} won").format(rate=rate, n=format_number(made), plan=format_number(plan)) for rate, made, plan in zip(
        rates, shown["developments"], shown["planned_developments"], strict=True)]  # fmt: skip
    framed = shown.select(
        pl.col("salesperson_id").alias("key"), pl.col("salesperson").alias("name"), pl.col("adherence").alias("value"), pl.col("adherence_low").alias("low"),
        pl.col("adherence_high").alias("high"), tone.alias("tone"), pl.Series("label", texts, dtype=pl.String), pl.Series("short", rates, dtype=pl.String),
        pl.Series("detail", texts, dtype=pl.String),
    )  # fmt: skip
    return forest(framed, title=labels.metric("adherence"), lines=((common, _("all together")),), domain=(0.0, 1.0), axis_format=".0%", theme=draw.theme(), finding=said)


def _measure(key: str, name: str) -> str:
    return tabs.choose(_("Measure"), {code: _(word) for code, word in DONE.items()}, key=key, name=name)


def _months(answer: DevelopmentPlan, cuts: Cuts) -> None:
    measure = _measure("development_months_of", "months")
    metric = f"{measure}_made"
    frame = answer.months.select("month", pl.when("is_over").then(pl.col(measure)).alias(metric), pl.col(f"planned_{measure}").alias("target"), pl.col("is_over").alias("complete"))
    draw.chart(trend(frame, metric=metric, theme=draw.theme(), finding=findings.sentence(answer)), key="development_months")
    tables.show(answer.months.select(pl.exclude("is_over"), "is_over"), "development_months", key="development_months_table")


def _areas(answer: DevelopmentPlan, cuts: Cuts) -> None:
    measure = _measure("development_areas_of", "areas")
    sums = answer.areas.group_by("area", maintain_order=True).agg(pl.col(measure).sum().alias(f"{measure}_made"), pl.col(f"planned_{measure}").sum().alias("target"))
    named = sums.with_columns(pl.when(pl.col("area") == "").then(pl.lit(_("no area"))).otherwise("area").alias("area"))
    shown = named.sort("target", "area", descending=[True, False]).head(SHOWN)
    figure = bars(shown, name="area", key="area", value=f"{measure}_made", comparison="target", theme=draw.theme(), finding=findings.sentence(answer), limit=SHOWN)
    draw.chart(figure, key="development_areas")
    if named.height > SHOWN:
        st.caption(_("The {n} areas with the most planned are drawn; the table has all.").format(n=format_number(SHOWN)))
    tables.show(labels.worded(answer.areas, "kind"), "development_areas", key="development_areas_table", leads="adherence")


def _life(answer: DevelopmentPlan, cuts: Cuts) -> None:
    said = findings.life_sentence(answer)
    _titled(said)
    common = answer.summary["alive_rate"].item()
    if common is not None:
        seen = answer.people.select(
            pl.col("salesperson_id").alias("key"),
            pl.col("salesperson").alias("name"),
            (pl.col("alive") + pl.col("gone")).alias("trials"),
            pl.col("alive_rate").alias("rate"),
        )
        title = _("New accounts looked at after day {n}").format(n=format_number(cuts["alive_days"]))
        figure = funnel_plot(seen, common=common, trials_title=title, rate_title=labels.metric("alive_rate"), theme=draw.theme(), finding=said)
        draw.chart(figure, key="development_life")
        st.caption(_("Between the solid lines 95% of people lie by chance alone, between the dashed ones 99.8%: with few accounts a rate says little."))
    chosen = tables.show(labels.worded(answer.developments.drop("region_id"), "kind", "life_status"), "developments", key="development_accounts", pick=True, leads="life_status")
    if chosen is not None:
        links.open_account(answer.developments["account_id"][chosen])


def _channel(answer: DevelopmentPlan, cuts: Cuts) -> None:
    said = findings.channel_sentence(answer, int(cuts["managed_levels"]))
    _titled(said)
    draw.chart(channel(answer.channel, theme=draw.theme(), finding=said), key="development_channel")
    st.caption(_("From us to the account. Outlined paths lie beyond the levels that we manage: visits are all that we see of them. Sales are those of the accounts' own orders."))
    shown = labels.worded(labels.worded(answer.channel, "path", writer=path_text), "kind")
    yes = pl.when("is_managed").then(pl.lit(_("Yes"))).otherwise(pl.lit(_("No"))).alias("is_managed")
    tables.show(shown.with_columns(yes), "channel", key="development_channel_table", leads="accounts")


def _candidates(answer: DevelopmentPlan, cuts: Cuts) -> None:
    kinds = {"wholesaler": _("Wholesalers"), "outlet": _("Outlets of competitors")}
    kind = tabs.choose(_("Kind"), kinds, key="development_kind", name="candidates")
    rows = answer.candidates.filter(pl.col("kind") == kind)
    said = findings.candidates_sentence(rows, kind)
    _titled(said)
    if rows.is_empty():
        return
    value = "outlets_under" if kind == "wholesaler" else "competitor_year"
    figure = bars(rows.head(SHOWN), name="account", key="account_id", value=value, metric="candidate_amount" if kind == "outlet" else None, comparison=None, theme=draw.theme(), finding=said, limit=SHOWN)
    picked = draw.chart(figure, key="development_candidates")
    st.caption(_("The order is ours: wholesalers by the outlets under them, outlets by what they are known to buy of competitors in a year."))
    flag = pl.when("is_outstanding").then(pl.lit(_("Yes"))).otherwise(pl.lit(_("No"))).alias("is_outstanding")
    ordered = rows.select("account", value, pl.exclude("account", value))
    chosen = tables.show(labels.worded(ordered, "kind").with_columns(flag), "candidates", key="development_candidate_table", pick=True)
    if picked or chosen is not None:
        links.open_account(picked[0]["key"] if picked else rows["account_id"][chosen])
