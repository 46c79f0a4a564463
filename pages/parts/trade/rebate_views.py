"""The views of the rebates: who is near a tier, the accounts, the schemes, one account's sheet, who bought ahead."""

import polars as pl
import streamlit as st

from charts.bars import bars
from charts.findings.trade import rebates as words
from charts.trade import rebate_words
from charts.trade.ladder import ladder
from data.language import _, format_money, format_money_compact, format_number, mark
from measures.trade.rebate_lines import COSTS, NEVER_PAYS, PAYS
from measures.trade.rebates import Rebates
from pages.parts import draw, links, tables, tabs
from pages.parts.trade import rebate_sheet, rebate_tables

VIEWS = {"accounts": mark("Accounts"), "sheet": mark("Calculate the account"), "schemes": mark("Schemes"), "forward": mark("Bought ahead")}
NEAR = {"push": (PAYS,), "leave": (COSTS, NEVER_PAYS)}
SHOWN = 10
ACCOUNT_COLUMNS = (
    "account_id", "account", "region", "scheme_id", "scheme_kind", "measure", "status", "is_near", "verdict", "value_to_date", "natural_year", "tier",
    "tier_rate", "next_tier", "next_rate", "distance", "distance_cases", "distance_amount", "worth", "p_reaching", "paid_so_far", "expected_rebate", "accrual",
    "push_tier", "push_cases", "push_worth", "gain", "growth_needed", "break_even", "switch_cost", "switch_discount", "returned_amount",
)  # fmt: skip


def near(answer: Rebates, finding: str) -> None:
    """The accounts within reach of a tier: those that are worth pushing, or those that are better left alone."""
    which = tabs.choose(_("Within reach of a tier"), {"push": _("Worth pushing"), "leave": _("Better left alone")}, key="rebates_near", name="near")
    rows = answer.accounts.filter("is_near", pl.col("verdict").is_in(NEAR[which])).sort("gain", descending=which == "push", maintain_order=True)
    if rows.is_empty():
        st.info(_("Nobody here. How much a customer can be asked for is set above."))
        return
    shown = _named(rows.head(SHOWN))
    picked = draw.chart(
        ladder(
            _rungs(shown), _ticks(shown), title=_("Of the tier that the natural year misses"), theme=draw.theme(), finding=finding
        ),
        key=f"rebates_ladder_{which}",
    )
    st.caption(_("Solid: bought so far; hatched: the natural year; outline: the tier it misses; line: the tier reached. {n} of {all} tiers within reach are shown: an account has one in each of its schemes.").format(
        n=format_number(shown.height), all=format_number(rows.height)))  # fmt: skip
    if picked:
        links.open_account(str(picked[0]["key"]).split("|")[0])


def _rungs(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows as the ladder draws them: shares of the tier that the natural year misses."""
    told = list(rows.iter_rows(named=True))
    texts = {
        "name": rows["rung"].to_list(), "key": [f"{row['account_id']}|{row['scheme_id']}" for row in told],
        "label": [words.beside(row) for row in told], "short": [format_money_compact(row["gain"]) for row in told], "detail": [words.in_words(row) for row in told],
    }  # fmt: skip
    return rows.select(
        done=pl.col("value_to_date") / pl.col("push_tier"), natural=pl.col("natural_year") / pl.col("push_tier"),
        tone=pl.when(pl.col("gain") < 0).then(pl.lit("worse")).otherwise(pl.lit("better")),
    ).with_columns(pl.Series(name, of, dtype=pl.String) for name, of in texts.items())


def _ticks(rows: pl.DataFrame) -> pl.DataFrame:
    reached = rows.filter(pl.col("tier").is_not_null())
    told = list(reached.iter_rows(named=True))
    return reached.select(name="rung", at=pl.col("tier") / pl.col("push_tier")).with_columns(
        pl.Series("tick_text", [rebate_words.tier(row["tier"], row["measure"], row["tier_rate"]) for row in told], dtype=pl.String),
    )


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """With `rung`, the account's name, and its scheme where the account is there twice."""
    twice = pl.format("{} ({})", "account", "scheme_id")
    return rows.with_columns(rung=pl.when(pl.len().over("account") > 1).then(twice).otherwise(pl.col("account")))


def show_view(view: str, answer: Rebates, finding: str) -> None:
    """Draw the chosen view."""
    if view == "sheet":
        rebate_sheet.show(answer)
    else:
        {"accounts": _accounts, "schemes": _schemes, "forward": _forward}[view](answer, finding)


def _accounts(answer: Rebates, finding: str) -> None:
    chosen = tables.show(rebate_tables.worded(answer.accounts.select(ACCOUNT_COLUMNS)), "rebates", key="rebates_accounts", pick=True, leads="gain")
    if chosen is not None:
        links.open_account(answer.accounts["account_id"][chosen])


def _schemes(answer: Rebates, finding: str) -> None:
    draw.chart(
        bars(answer.schemes, name="scheme_id", key="scheme_id", value="accrual", comparison=None, theme=draw.theme(), finding=finding), key="rebates_schemes"
    )
    tables.show(rebate_tables.worded(answer.schemes), "rebate_schemes", key="rebates_scheme_table", leads="accrual")


def _forward(answer: Rebates, finding: str) -> None:
    rows = answer.forward_buying
    if rows.is_empty():
        st.info(_("Nobody was paid for buying ahead over a year's end."))
        return
    st.markdown(
        _("**{n}** times an account bought ahead over a year's end and was paid **{paid}** for it, while the next month took the purchases back.").format(
            n=format_number(rows.height), paid=format_money(rows["rebate_moved"].sum())
        )
    )
    chosen = tables.show(rows, "bought_ahead", key="rebates_forward", pick=True, leads="rebate_moved")
    st.caption(_("Usual is the account's own level with its season; what is merely moved is the lesser of the extra before and the dip after. Today's tiers are taken for every year."))
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])
