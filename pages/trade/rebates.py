"""What do rebates cost us, whom is it worth pushing to the next tier, and what does a customer lose by changing? Helps a sales manager
and, with the page to print, the salesperson who calculates the account with the customer.

Answers coverage.md's number 30: year-end rebate and reward for cumulative volume, and the cost of switching.
"""

import streamlit as st

from charts.findings.trade.rebates import sentence
from charts.trade.rebate_words import cases
from charts.values import formatted
from data.language import _, format_date, format_number, format_percent
from measures.metrics import ratio
from measures.trade.rebates import Rebates
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, metrics, states, tabs
from pages.parts.trade import rebate_views

CUTS = ("push_share", "switch_share")
FORWARD = ("forward_months", "forward_cut", "fiscal_year_start")


def metric_row(answer: Rebates) -> None:
    """Accrued, expected, near a tier, left to us, and what switching would cost the customers."""
    row = answer.summary.row(0, named=True)
    share = format_percent(ratio(row["accrual"], row["net_sales"]))
    metrics.row(
        [
            metrics.Tile("accrual", row["accrual"], beside=_("{share} of net sales").format(share=share)),
            metrics.Tile("expected_rebate", row["expected_rebate"], beside=_("earned already {paid}").format(paid=formatted("money", row["paid_so_far"]))),
            metrics.Tile("push_worth", row["near_worth"], beside=_("{n} accounts within reach").format(n=format_number(row["near_accounts"]))),
            metrics.Tile("gain", row["paying_gain"], beside=cases(row["paying_cases"])),
            metrics.Tile("switch_cost", row["switch_cost"], beside=_("for {share} elsewhere").format(share=format_percent(row["switch_share"], 0))),
        ]
    )  # fmt: skip


states.need_store()
filters = filter_bar.current()
head = st.container()
with states.controls() as room:
    chosen = cuts.choose("rebates", CUTS, columns=2)
    with st.expander(_("Year and buying ahead")):
        chosen = cuts.choose("rebates", FORWARD, base=chosen)
answer = answers.get("rebates", filters.within(None, filters.to_date), chosen)
if answer.accounts.is_empty():
    states.missing_table("rebates", _("A scheme is one row per tier: for one account or for all, in money, units, hl, growth or loyalty, with its rate."), room)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Rebates"), finding, dates.on(answer.summary["as_of"].item()))
    metric_row(answer)
rebate_views.near(answer, finding)
view = tabs.choose(_("View"), {code: _(name) for code, name in rebate_views.VIEWS.items()}, key="rebates_view", name="tab")
rebate_views.show_view(view, answer, finding)
about = answer.summary.row(0, named=True)
explain.panel(
    ("accrual", "expected_rebate", "paid_so_far", "p_reaching", "push_worth", "gain", "switch_cost", "rebate_moved"), chosen,
    ((_("Schemes"), about["schemes"]), (_("Accounts"), about["accounts"]), (_("Months left"), about["months_left"])),
)  # fmt: skip
span = _("Fiscal year from {start}, through {end}. Each account's own purchases, returns taken off; filters by product or salesperson do not touch a tier.")
st.caption(span.format(start=format_date(about["year_from"]), end=format_date(about["as_of"])))
if about["usual_error"] is not None and about["coverage"] is not None:
    record = _("A forecast of the rest usually misses by {error}; of earlier ones {coverage} lay inside their 80% interval.")
    st.caption(record.format(error=format_percent(about["usual_error"], 0), coverage=format_percent(about["coverage"], 0)))
