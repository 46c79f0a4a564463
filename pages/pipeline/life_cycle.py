"""Who comes, who comes back, and who goes? Helps marketing, sales and service see which hand-off of the customer's life is theirs.

Answers product.md's numbers 1 (life cycle and its hand-offs), 18 (windows by sales model), 20 (protected, cooled and reawakened leads),
21 (nothing lost at a hand-over), 23 (renewals, referrals) and 26 (existing, potential and future customers).
"""

import streamlit as st

from charts import labels
from charts.findings.life_cycle import sentence
from charts.life_cycle import life_cycle
from data.language import _, format_money_compact
from measures.funnel import Funnel
from pages.parts import answers, cuts, draw, explain, filter_bar, frame, life_views, metrics, states

CUTS = ("sales_model", "protection_days", "lost_days", "alive_cut")
TILES = ("opportunity", "first_order", "active", "at_risk")


def metric_row(answer: Funnel) -> None:
    """Accounts in four stages against the period's beginning, and the cooled leads."""
    found = {row["life_stage"]: row for row in answer.life_cycle.iter_rows(named=True)}
    tiles = [
        metrics.Tile("life_accounts", found[stage]["accounts"], label=labels.label(stage), beside=before(found[stage]["accounts_before"]))
        for stage in TILES
    ]
    cooled = next(row for row in answer.lead_totals.iter_rows(named=True) if row["lead_status"] == "cooled")
    metrics.row([*tiles, metrics.Tile("cooled_leads", cooled["deals"], beside=_("worth {value}").format(value=format_money_compact(cooled["value"])))])


def before(accounts: int | None) -> str:
    """How many there were before the period; nothing where that is not known."""
    return "" if accounts is None else _("{n} before the period").format(n=accounts)


states.need_store()
filters = filter_bar.current()
head = st.container()
# At the period's end against the day before it began: the view of moves.
chosen = cuts.choose("funnel", CUTS, columns=4).but(view="transitions")
answer = answers.get("funnel", filters, chosen)
if not answer.life_cycle["accounts"].sum():
    states.no_sales(filters)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Life cycle"), finding)
    metric_row(answer)
draw.chart(life_cycle(answer.life_cycle, theme=draw.theme(), finding=finding), key="life_cycle")
views = {
    "stages": (_("Stages"), life_views.stages), "leads": (_("Leads"), life_views.leads), "repurchase": (_("Repurchase"), life_views.repurchase),
    "hand_overs": (_("Hand-overs"), life_views.hand_overs), "openings": (_("Renewals and referrals"), life_views.openings),
}  # fmt: skip
view = st.segmented_control(
    _("View"), list(views), default="stages", key="life_view", format_func=lambda name: views[name][0], required=True, label_visibility="collapsed"
)
views[view][1](answer)
explain.panel(
    ("life_accounts", "repurchase_rate", "cooled_leads", "completeness_rate", "win_rate"), chosen,
    ((_("Accounts"), answer.life_cycle["accounts"].sum()), (_("Open deals"), answer.leads.height)),
)  # fmt: skip
