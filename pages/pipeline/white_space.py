"""Where are customers and products that we do not sell to yet? Helps a sales manager decide where to look for the next customers, through
which channel, and a salesperson what to propose to those that there are.

Answers coverage.md's numbers 2 (growth is bounded by the target base: universe and penetration) and 36 (sources of information, regions and
targets not exploited, new channels, new products' new customers). What nobody knows of a market, people state here.
"""

import streamlit as st

from charts.findings.pipeline.white_space import sentence
from data.language import _, format_change, format_number, ngettext
from measures.metrics import change_rate
from measures.pipeline.white_space import WhiteSpace, with_records
from measures.thresholds import Cuts
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, metrics, states, tabs
from pages.parts.pipeline.space_universe import choose_shape, main_chart
from pages.parts.pipeline.space_views import NEW, VIEWS, Space, show_view
from pages.parts.pipeline.universe_form import statements

CUTS = ("reached_by", "reach_months")


def metric_row(answer: WhiteSpace) -> None:
    """The universe, what of it is reached, how the base grew, what is open."""
    row = answer.summary.row(0, named=True)
    since = ngettext("in {n} month", "in {n} months", months).format(n=months)
    known_open = row["known_accounts"] - row["reached_accounts"]
    metrics.row(
        [
            metrics.Tile("universe", row["universe"], beside=ngettext("stated for {n} of {m} region", "stated for {n} of {m} regions", row["regions"]).format(
                n=format_number(row["stated_regions"]), m=format_number(row["regions"]))),
            metrics.Tile("penetration", row["penetration"], beside=reached_text(row)),
            metrics.Tile("known_accounts", row["known_accounts"], row["base_growth"], since if row["base_growth"] is not None else ""),
            metrics.Tile("open_accounts", row["open_accounts"], beside=_("{n} of them known by name").format(n=format_number(known_open))),
        ]
    )  # fmt: skip


def reached_text(row: dict[str, object]) -> str:
    """How many are reached, and how that changed where it is known."""
    growth, count = change_rate(row["reached_accounts"], row["reached_before"], row["reached_before"]), format_number(row["reached_accounts"])
    return _("{n} reached").format(n=count) if growth is None else _("{n} reached, {change}").format(n=count, change=format_change(growth))


states.need_store()
filters = filter_bar.current()
head = st.container()
# What is drawn before the answer is asked for, the browser draws while it is made.
with states.controls() as room:
    chosen = cuts.choose("white_space", CUTS, columns=2, base=cuts.chosen("white_space", NEW))
    shape = choose_shape()
    chart_place = st.container()
    view = tabs.choose(_("View"), {code: _(name) for code, name in VIEWS.items()}, key="space_view", name="tab")
months = int(chosen["reach_months"])
found = answers.get("white_space", filters, chosen)
answer = with_records(found, statements(), chosen)
if not answer.summary["universe"].item():
    room.empty()
    states.no_sales(filters)
    st.stop()
finding = sentence(answer, by=shape)
with head:
    # Before the first month is over, what is known of it counts, and that is not a complete month.
    is_whole = answer.ground.first_sale is not None
    frame.head(_("White space"), finding, dates.complete(answer.summary["as_of"].item(), months) if is_whole else dates.on(dates.last_day(filters)))
    metric_row(answer)
with chart_place:
    place = main_chart(answer, shape, finding)
told = show_view(view, Space(answer, filters, chosen, place))
explain.panel(
    ("universe", "known_accounts", "reached_accounts", "penetration", "base_growth", "open_accounts", *told.metrics),
    Cuts(chosen.values + told.cuts.values),
    ((_("Known accounts"), answer.summary["known_accounts"].item()), (_("Reached accounts"), answer.summary["reached_accounts"].item())),
)  # fmt: skip
