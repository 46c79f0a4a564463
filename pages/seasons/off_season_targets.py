"""What must each distributor sell of each product in the off-season, so that the next peak meets its requirement?

Answers coverage.md's number 41: targets from the peak's requirement, against natural sales, exact in whole cases, with growth points.
"""

import streamlit as st

from charts.findings.seasons.off_season_targets import sentence
from data.language import _
from pages.parts import answers, dates, explain, filter_bar, frame, states
from pages.parts.seasons import targets_cell, targets_controls, targets_head, targets_versions, targets_views, targets_working
from pages.parts.seasons.targets_shown import Shown

states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = targets_controls.choose()
answer = answers.get("off_season_targets", filters.within(None, filters.to_date), chosen)
if answer.board is None or not answer.board.cells:
    states.short_history(
        filters,
        _("No target board yet"),
        _("It needs an off-season, found in two years of sales or set by hand, and accounts that bought in the last twelve months."),
        _("Take filters off, set the off-season under “Seasons”, or import older sales."),
    )
    st.stop()
working = targets_working.current(answer, filters.within(None, filters.to_date), chosen)
row = working.board.summary
finding = sentence(row, working.board.by_account)
with head:
    frame.head(_("Off-season targets"), finding, dates.complete(row["as_of"]))
    targets_head.metric_row(row)
targets_controls.remember(row["requirement"])
targets_head.coverage(row)
targets_head.groups(working.board.ground.board)
targets_head.season(row, str(chosen["target_season"]))
targets_head.feasibility(row)
targets_versions.board_line(working)
shown = Shown(answer, working, filters, chosen, targets_cell.choose_rows(), finding)
targets_cell.show(shown)
targets_views.show(shown)
explain.panel(
    ("natural", "lift", "target", "controlled_rounding", "gap"), chosen,
    ((_("Accounts"), row["accounts"]), (_("Products"), row["products"]), (_("Cells"), working.board.cells)),
)  # fmt: skip
