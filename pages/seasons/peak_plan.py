"""What will the next peak sell, and what do we agree for it with each distributor? Helps plan stock, varieties and people before it begins.

Answers coverage.md's numbers 47 (peak forecast and plan, weak varieties, new products early) and 48 (winter work → summer result).
"""

import streamlit as st

from charts.findings.seasons.peak_forecast import sentence
from data.language import _
from data.records import all_records
from measures.seasons.peak_forecast import RECORDS, with_records
from measures.thresholds import Cuts
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, session, states, tabs
from pages.parts.seasons import peak_agreement, peak_varieties, peak_views, peak_winter

CUTS = ("board_accounts", "peak_by", "interval", "window", "peak_start")
SEASON = ("years", "method", "off_season_cut", "off_season_start", "off_season_months")
VARIETY = ("new_product_months", "variety_peers", "median_tolerance", "wide_distribution")


def shared(own: Cuts) -> Cuts:
    """Another answer's cuts with what was chosen above for the season."""
    return own.but(**{name: value for name, value in chosen.values if name in own.as_dict()})


states.need_store()
filters = filter_bar.current()
head = st.container()
with st.expander(_("Seasons")):
    chosen = cuts.choose("peak_forecast", CUTS, columns=4)
    chosen = cuts.choose("peak_forecast", SEASON, columns=5, base=chosen)
# A forecast takes all the history that there is: the period only ends it.
answer = answers.get("peak_forecast", filters.within(None, filters.to_date), chosen)
if answer.season.is_empty():
    states.short_history(
        filters,
        _("No peak to plan for yet"),
        _("It needs a season, found in two years of sales or set by hand, and distributors that bought in the last twelve months."),
        _("Take filters off, say when the peak begins under “Seasons”, or import older sales."),
    )
    st.stop()
answer = with_records(answer, all_records(session.current().journal, RECORDS), chosen)
finding = sentence(answer)
with head:
    frame.head(_("Peak-season plan"), finding, dates.complete(answer.season["as_of"].item()))
    peak_views.metric_row(answer)
peak_views.forecast(answer, finding)
VIEWS = {
    "levels": _("By distributor"), "backtest": _("Back-test"), "plan": _("Plan with the distributor"), "weak": _("Weak varieties"),
    "launches": _("New products"), "winter": _("Winter work"), "rows": _("Forecast in full"),
}  # fmt: skip
view = tabs.choose(_("View"), VIEWS, key="peak_view", name="tab")
if view == "levels":
    peak_views.levels(answer, finding)
elif view == "backtest":
    peak_views.backtest(answer, finding)
elif view == "plan":
    peak_agreement.show(answer)
elif view == "weak":
    chosen_too = cuts.choose("weak_varieties", VARIETY)
    peak_varieties.weak(answers.get("weak_varieties", filters.within(None, filters.to_date), chosen_too), chosen_too)
elif view == "launches":
    launched = cuts.choose("launch_readiness", ("launch_months", "launch_reach"))
    peak_varieties.launches(answers.get("launch_readiness", filters.within(None, filters.to_date), launched))
elif view == "winter":
    peak_winter.show(answers.get("winter_work", filters.within(None, filters.to_date), shared(cuts.saved("winter_work"))))
else:
    peak_views.rows(answer)
row = answer.season.row(0, named=True)
explain.panel(
    ("peak_total", "natural", "wape", "wape_naive", "wape_combo", "mase", "bias", "coverage"), chosen,
    ((_("Distributors"), row["accounts"]), (_("Products"), row["products"]), (_("Cells"), answer.board.row_count)),
)  # fmt: skip
