"""Will the target be reached, and what must the rest of the period sell? Helps a sales manager act while there is time.

Answers part of coverage.md's numbers 41 and 47: attainment, pace, required run-rate and price–volume–mix while the season runs.
"""

import streamlit as st

from charts import labels
from charts.findings.seasons.pace import sentence
from charts.seasons.pace import pace
from charts.values import formatted
from data.language import _, format_number, format_percent, ngettext
from data.signed_boards import written
from measures.seasons.pace import BOARD, RECORDS, Pace
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, metrics, session, states, tabs
from pages.parts.seasons.pace_views import VIEWS, first_view, show_view, unaimed

CUTS = ("pace_period", "pace_targets", "pace_measure", "pace_expected")
SEASON = ("pace_band", "off_season_cut", "peak_start", "off_season_start", "off_season_months")


def metric_row(answer: Pace) -> None:
    """Attainment, pace, projection, what the rest must do, and what that is a weekday."""
    row, about = answer.pace.row(0, named=True), answer.summary.row(0, named=True)
    projection = "projection" if about["measure"] == "net_sales" else "quantity"
    index, factor = row["pace_index"], row["required_factor"]

    def write(name: str) -> str:
        return formatted("money" if about["measure"] == "net_sales" else "units", row[name])

    over = _("the months with targets are over")
    days = ngettext("{n} weekday left", "{n} weekdays left", about["days_left"]).format(n=format_number(about["days_left"])) if about["days_left"] else over
    is_final = factor is None
    metrics.row(
        [
            metrics.Tile("attainment", row["attainment"], beside=_("{actual} of {target}").format(actual=write("actual"), target=write("target"))),
            metrics.Tile("pace_index", index, beside=_("{share} expected by now").format(share=format_percent(row["expected_share"]))),
            metrics.Tile(projection, row["projection_low"], change(row["projection_low"], row["target"]),
                         _("what was sold") if is_final else _("to {high}").format(high=write("projection_high")), label=_("Projection")),
            metrics.Tile("required_factor", factor, None if is_final else factor - 1, over if is_final else _("on plan")),
            metrics.Tile(str(about["measure"]), row["required_per_day"], beside=days, label=_("Needed per weekday")),
        ]
    )  # fmt: skip


def change(value: float | None, target: float | None) -> float | None:
    """The projection over the target, as a rate."""
    return value / target - 1 if value is not None and target else None


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = cuts.choose("pace", CUTS, columns=2)
with st.expander(_("Seasons")):
    chosen = cuts.choose("pace", SEASON, columns=4, base=chosen)
signed = list(written(session.current().journal, RECORDS))
answer = answers.with_records("pace", filters.within(None, filters.to_date), chosen, signed)
if answer.pace.is_empty():
    states.no_sales(filters)
    st.stop()
finding, about = sentence(answer), answer.summary.row(0, named=True)
with head:
    frame.head(_("Pace"), finding, dates.on(about["as_of"]))
    if not answer.months.is_empty():
        metric_row(answer)
if answer.months.is_empty() and about["source"] == BOARD:
    states.empty(_("No signed board speaks of this period"), _("A board counts once it is frozen, or approved for the whole company."), _("Sign one under “Versions” of the off-season targets, or choose another period."))
elif answer.months.is_empty():
    states.missing_table("targets", _("Pace needs something to be measured against: targets by month, of a region, a person, an account or the company."))
else:
    summed = tabs.choose(_("Months"), {"alone": _("By month"), "summed": _("Running total")}, key="pace_sum", name="months")
    draw.chart(
        pace(answer.months, metric=about["measure"], summed=summed == "summed", theme=draw.theme(), finding=finding), key=f"pace_{summed}"
    )
    st.caption(_("Solid: sold; outline: the target, spread over the months by {basis}; hatched: the projection with its range.").format(
        basis=labels.label(str(chosen["pace_expected"])).lower()))  # fmt: skip
    if about["source"] == BOARD:
        st.caption(_("Against the signed off-season board: units, of its accounts and months only."))
    unaimed(answer)
# Without targets nobody is behind or ahead: what moved net sales is all that can be told.
views = {code: _(name) for code, name in VIEWS.items()}
view = "bridge" if answer.months.is_empty() else tabs.choose(_("View"), views, key="pace_view", name="tab", default=first_view(answer))
show_view(view, answer, filters, finding)
explain.panel(
    ("attainment", "pace_index", "expected_share", "projection", "required_factor"), chosen,
    ((_("Distributors"), answer.by_account.height), (_("Regions"), answer.by_region.height), (_("Months"), int(about["months"]))),
)  # fmt: skip
