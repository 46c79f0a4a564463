"""Products that an account's peers buy and it does not: the grid, the list, the test of the rank, products that go together."""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.pipeline import white_space as findings
from charts.pipeline.space_grid import OTHERS, TOTAL, account_categories
from data.language import _, format_month, format_number, mark
from measures.pipeline.white_space_products import WhiteSpaceProducts
from pages.parts import answers, cuts, draw, links, tables, tabs
from pages.parts.escape import plain
from pages.parts.pipeline.space_universe import Place, Told
from queries.filters import Filters

CUTS = ("proposal_rank", "proposal_count", "least_co_buyers", "hidden_months")
LISTS = {"list": mark("Proposals"), "products": mark("By product"), "test": mark("Test of the rank"), "pairs": mark("Bought together")}
SHOWN = (
    "account_id", "account", "product", "expected_sales", "because", "rank", "expected_quantity", "category", "region", "channel", "salesperson",
    "nearness", "buyers", "peers",
)  # fmt: skip


def show(filters: Filters, place: Place) -> Told:
    """The proposals of the clicked place; a click on a cell or a row opens the account."""
    chosen = cuts.choose("white_space_products", CUTS, columns=4)
    answer = answers.get("white_space_products", filters, chosen)
    rows = place.within(answer.white_space)
    said = findings.products(answer)
    st.markdown(f"**{plain(said)}**")
    st.caption(_about(answer))
    if rows.height:
        _opened(draw.chart(account_categories(rows, theme=draw.theme(), finding=said), key="space_grid"))
    st.caption(f"{findings.tested(answer)}. {findings.verdict(answer)}")
    _tables(answer, rows)
    return Told(("nearness", "expected_sales", "recall_at_k", "hit_rate", "product_lift"), chosen)


def _about(answer: WhiteSpaceProducts) -> str:
    row = answer.space_summary.row(0, named=True)
    if not row["evidence_accounts"]:
        return _("No account has bought long enough to be compared with.")
    text = _("Peers are the accounts that you see and that bought since {month}, {n} in all; none is named.").format(
        n=format_number(row["evidence_accounts"]), month=format_month(row["window_from"])
    )
    if row["catalogue"] > row["products"]:
        text += " " + _("Of {m} products the {n} most bought are compared.").format(m=format_number(row["catalogue"]), n=format_number(row["products"]))
    return text


def _opened(picked: list[dict[str, str]] | None) -> None:
    if picked and picked[0]["row"] not in (OTHERS, TOTAL):
        links.open_account(picked[0]["row"])


def _tables(answer: WhiteSpaceProducts, rows: pl.DataFrame) -> None:
    shown = tabs.choose(_("Table"), {code: _(name) for code, name in LISTS.items()}, key="space_list", name="table")
    if shown == "list":
        chosen = tables.show(rows.select(SHOWN), "white_space", key="space_proposals", pick=True, leads="product")
        if chosen is not None:
            links.open_account(rows["account_id"][chosen])
    elif shown == "products":
        tables.show(answer.space_products, "space_products", key="space_by_product")
    elif shown == "test":
        st.caption(_("The rank is made without the hidden months and asked what accounts took up in them. Bounds hold 95 times of 100 (Wilson)."))
        tables.show(labels.worded(answer.recall, "method", "status"), "recall", key="space_recall")
    else:
        tables.show(answer.pairs, "product_pairs", key="space_pairs")
