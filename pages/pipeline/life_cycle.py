"""Who comes, who comes back, and who goes? Helps marketing, sales and service see which hand-off of the customer's life is theirs.

Answers coverage.md's numbers 1 (life cycle and its hand-offs), 18 (windows by sales model), 20 (protected, cooled and reawakened leads),
21 (nothing lost at a hand-over), 23 (renewals, referrals) and 26 (existing, potential and future customers).
"""

import streamlit as st

from charts import labels
from charts.findings.pipeline.life_cycle import sentence
from charts.pipeline.life_cycle import life_cycle
from data.language import _, format_money_compact, format_number, ngettext
from measures.metrics import change_rate
from measures.pipeline.life_cycle import LifeCycle
from measures.pipeline.sales_model import windows
from measures.thresholds import Cuts
from pages.parts import answers, cuts, dates, draw, explain, filter_bar, frame, metrics, session, states
from pages.parts.pipeline import deal_choice, life_views

WINDOWS = ("protection_days", "lost_days", "alive_cut")
TILES = ("opportunity", "active", "at_risk", "lost")


def controls() -> Cuts:
    """The sales model and its windows, and what they come to."""
    model, windows_place = st.columns((3, 7), gap="medium")
    with model:
        model = deal_choice.model("life_cycle")
        chosen = cuts.choose("life_cycle", () if model else ("sales_model",), columns=1)
    with windows_place:
        chosen = cuts.choose("life_cycle", WINDOWS, columns=3, base=chosen)
    found = windows(chosen)
    st.caption(_("{model}: a lead is protected for {protected} days, a customer is lost after {lost}. Grey in the chart: before the period.").format(
        model=deal_choice.model_name("life_cycle"), protected=format_number(found.protection_days), lost=format_number(found.lost_days)
    ))  # fmt: skip
    return chosen


def metric_row(answer: LifeCycle) -> None:
    """Accounts in four stages against the period's beginning, and the cooled leads."""
    found = {row["life_stage"]: row for row in answer.life_cycle.iter_rows(named=True)}
    tiles = [tile(found[stage]) if stage in found else metrics.Tile("life_accounts", None, label=labels.life_stage(stage)) for stage in TILES]
    cooled = next(row for row in answer.lead_totals.iter_rows(named=True) if row["lead_status"] == "cooled")
    worth = _("worth {value}").format(value=format_money_compact(cooled["value"])) if cooled["value"] else ""
    metrics.row([*tiles, metrics.Tile("cooled_leads", cooled["deals"], beside=worth) if session.holds("deals") else metrics.Tile("cooled_leads", None)])


def tile(row: dict[str, object]) -> metrics.Tile:
    """A stage's accounts, and how many there were before the period where that is known."""
    before = row["accounts_before"]
    beside = "" if before is None else _("{n} before").format(n=format_number(before))
    is_good = row["life_stage"] not in ("at_risk", "lost")
    name = "life_accounts" if is_good else "fading_accounts"
    return metrics.Tile(name, row["accounts"], change_rate(row["accounts"], before, before), beside, label=labels.life_stage(row["life_stage"]))


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = controls()
answer = answers.get("life_cycle", filters, chosen)
if not answer.life_cycle["accounts"].sum():
    states.no_sales(filters)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Life cycle"), finding, dates.on(dates.last_day(filters, answer.as_of)))
    metric_row(answer)
picked = draw.chart(life_cycle(answer.life_cycle, theme=draw.theme(), finding=finding), key="life_cycle")
if not session.holds("deals"):
    st.caption(life_views.without_deals())
if answer.supplied:
    said = ngettext("{n} account that another one supplies is not counted: its orders go to that one.",
                    "{n} accounts that another one supplies are not counted: their orders go to it.", answer.supplied)  # fmt: skip
    st.caption(said.format(n=format_number(answer.supplied)))
life_views.show(life_views.Shown(answer, filters, chosen), picked[0]["life_stage"] if picked else None)
explain.panel(
    ("life_accounts", "repurchase_rate", "cooled_leads", "completeness_rate", "win_rate"), chosen,
    ((_("Accounts"), answer.life_cycle["accounts"].sum()), (_("Open deals"), answer.lead_totals["deals"].sum())),
)  # fmt: skip
