"""The findings of the value pyramid's further views: migration, bridge, concentration, value classes, lifetime."""

import polars as pl

from charts import values
from charts.findings.phrases import compared
from charts.value_words import component
from data.language import _, format_money_compact, format_number, format_percent, listed, ngettext
from measures.customers.lifetime_value import MODEL, LifetimeValue
from measures.customers.tier_moves import LOST, NEW, UNRATED
from measures.customers.value_bridge import ValueBridge
from measures.customers.value_classes import NOTHING_SOLD, ValueClasses
from measures.customers.value_pyramid import NO_CLASS, ValuePyramid
from measures.metrics import change_rate

PLACELESS = (UNRATED, NO_CLASS)


def migration(answer: ValuePyramid) -> str:
    """How many entered, left, rose and fell."""
    if answer.migration.is_empty():
        return _("There is no earlier period with sales to compare with")
    # Who had no place before and has none now keeps none.
    counts = answer.migration.select("from_tier", "to_tier", "accounts").filter(~pl.all_horizontal(pl.col("from_tier", "to_tier").is_in(PLACELESS)))
    entered, left = (counts.filter(pl.col(side) == code)["accounts"].sum() for side, code in (("from_tier", NEW), ("to_tier", LOST)))
    stayed = counts.filter(pl.col("from_tier") == pl.col("to_tier"))["accounts"].sum()
    both = counts["accounts"].sum() - entered - left
    if both and stayed == both and not entered and not left:
        return ngettext("The only account kept its tier", "All {n} accounts kept their tier", both).format(n=format_number(both))
    return _("{stayed} of {both} accounts kept their tier, {moved} changed it; {entered} entered and {left} left").format(
        **{name: format_number(of) for name, of in (("stayed", stayed), ("both", both), ("moved", both - stayed), ("entered", entered), ("left", left))}
    )


def bridge(answer: ValueBridge) -> str:
    """By how much net sales changed, and the two components that did most."""
    if answer.bridge.is_empty():
        return _("There is no earlier period with sales to compare with")
    return moved(answer.bridge, answer.bridge_ends.row(0, named=True))


def moved(parts: pl.DataFrame, ends: dict[str, float]) -> str:
    """By how much net sales changed between two periods, and the components [component, amount] that did most."""
    rate = change_rate(ends["net_sales"], ends["previous_net_sales"]) or 0.0
    money = format_money_compact(abs(ends["change"]))
    head = compared(rate, _("Net sales rose by {money} ({rate})"), _("Net sales fell by {money} ({rate})"), _("Net sales stayed level"))
    return head.format(money=money) + _most(parts)


def moved_of(name: str, parts: pl.DataFrame) -> str:
    """The same for one region or category."""
    return _("{name}: net sales changed by {money}").format(name=name, money=values.signed(parts["amount"].sum(), "net_sales")) + _most(parts)


def _most(parts: pl.DataFrame) -> str:
    largest = parts.filter(pl.col("amount") != 0).sort(pl.col("amount").abs(), descending=True).head(3)
    told = [f"{component(code).lower()} {values.signed(amount, 'net_sales')}" for code, amount in largest.select("component", "amount").iter_rows()]
    return ": " + listed(told) if told else ""


def concentration(answer: ValuePyramid) -> str:
    """The share of the accounts that brings half of net sales."""
    row = answer.concentration.row(0, named=True)
    if row["half_share"] is None:
        return _("Nothing was sold in this selection")
    count = round(row["half_share"] * row["accounts"])
    return ngettext(
        "{n} account of {all} ({share}) brings half of net sales", "{n} accounts of {all} ({share}) bring half of net sales", count
    ).format(n=format_number(count), all=format_number(row["accounts"]), share=format_percent(row["half_share"]))


def value_classes(answer: ValueClasses) -> str:
    """How few bring the actual value, and who costs more than they bring."""
    known = answer.value_classes.filter(pl.col("value_class").is_not_null())
    if answer.value_basis["status"].first() == NOTHING_SOLD:
        return _("Nothing was sold in these twelve months, net of returns")
    if known.is_empty():
        return _("What the accounts bring can't be told: too few costs are known")
    best = answer.value_class_totals.filter(pl.col("value_class") == "MVC").row(0, named=True)
    losing = known.filter(pl.col("av") < 0)
    head = ngettext("{n} account of {all} brings {money} of actual value", "{n} accounts of {all} bring {money} of actual value", best["accounts"]).format(
        n=format_number(best["accounts"]), all=format_number(known.height), money=format_money_compact(best["av"] or 0.0)
    )
    if losing.is_empty():
        return head + _("; none costs more than it brings")
    return head + ngettext("; {n} costs more than it brings: {money}", "; {n} cost more than they bring: {money}", losing.height).format(
        n=format_number(losing.height), money=format_money_compact(losing["av"].sum())
    )


def lifetime(answer: LifetimeValue, weeks: int) -> str:
    """What the customers are expected to buy, and how many have probably gone."""
    rows, model = answer.lifetime, answer.lifetime_model.row(0, named=True)
    if rows["expected_value"].count() == 0:
        return _("Nobody's lifetime value can be told here")
    money = format_money_compact(rows["expected_value"].sum())
    if model["method"] != MODEL:
        return _("What the customers keep buying is worth {money}").format(money=money)
    gone = rows.filter(pl.col("p_alive") < 0.5).height
    said = ngettext(
        "{n} customer is expected to buy {money} in the next {weeks} weeks", "{n} customers are expected to buy {money} in the next {weeks} weeks", rows.height
    ).format(n=format_number(rows.height), money=money, weeks=format_number(weeks))
    return said + ngettext("; {n} is more likely gone than not", "; {n} are more likely gone than not", gone).format(n=format_number(gone))
