"""The views under the universe's chart: accounts to reach, sources, channels and new products, the map; the others have files of their own."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from charts.findings.pipeline import white_space as findings
from charts.pipeline.places import places
from data.language import _, format_number, format_percent, mark
from measures.pipeline.universe_tables import open_accounts, open_at
from measures.pipeline.white_space import WhiteSpace
from measures.thresholds import Cuts
from pages.parts import answers, cuts, draw, links, tables, tabs
from pages.parts.escape import plain
from pages.parts.pipeline import space_products, universe_form
from pages.parts.pipeline.space_universe import Place, Told
from queries.filters import Filters

VIEWS = {
    "products": mark("Products not bought"), "accounts": mark("Accounts to reach"), "sources": mark("Sources"), "channels": mark("Channels"),
    "launches": mark("New products"), "map": mark("Map"), "universe": mark("Universe"),
}  # fmt: skip
NEW = ("new_months",)
"""The threshold that two views move, and that holds in both."""


@dataclass(frozen=True)
class Space:
    """What a view has to show: the answer, what it was asked with, and the place that was clicked."""

    answer: WhiteSpace
    filters: Filters
    chosen: Cuts
    place: Place


def show_view(view: str, space: Space) -> Told:
    """Draw the chosen view, the only one that is computed; what it adds to the page's explanation."""
    told = {
        "products": lambda: space_products.show(space.filters, space.place), "accounts": lambda: _accounts(space),
        "sources": lambda: _sources(space), "channels": lambda: _channels(space), "launches": lambda: _launches(space),
        "map": lambda: _map(space), "universe": lambda: universe_form.show(space.answer),
    }[view]()  # fmt: skip
    return told or Told()


def _accounts(space: Space) -> None:
    """Known accounts that are not reached, of the clicked place, also where they are too many for the list of all; a chosen row opens the account."""
    _list(open_accounts(space.place.within(space.answer.ground.accounts)), "space_accounts")


def _list(rows: pl.DataFrame, key: str) -> None:
    if rows.is_empty():
        st.caption(_("Every account that is known here is reached: what is open is not known by name yet."))
        return
    st.caption(_("Those that are known to buy elsewhere first, then those that bought once. Click a row to open the account."))
    shown = labels.worded(rows.drop("region_id"), "kind", "status")
    chosen = tables.show(shown, "open_accounts", key=key, pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def _sources(space: Space) -> Told | None:
    """What each source of leads brings and takes."""
    chosen = cuts.saved("white_space_sources")
    found = answers.get("white_space_sources", space.filters, chosen)
    if not found.source_summary["created"].item():
        st.caption(_("No deal was created in the period."))
        return None
    said = findings.sources(found)
    st.markdown(f"**{plain(said)}**")
    rows = found.sources.with_columns(pl.col("source").fill_null(_("No source stated")))
    draw.chart(bars(rows, name="source", key="source", value="won_value", metric="won_value", comparison=None, theme=draw.theme(), finding=said), key="space_sources")
    if found.source_summary["contact_cost"].item() is None:
        st.caption(_("What contacts cost is not known: no activity states a cost, and the hours have no rate (Settings, value pyramid)."))
    else:
        st.caption(_("A contact belongs to the account's deals that were open in its month, in equal parts: no activity says which deal it was for."))
    tables.show(rows, "sources", key="space_sources_table")
    return Told(("win_rate", "contact_cost", "cost_per_win", "value_per_cost"), chosen)


def _channels(space: Space) -> Told:
    """Channels: which are new, which nobody buys in, how they grow and earn."""
    cuts.choose("white_space", NEW)
    said = findings.channels(space.answer)
    st.markdown(f"**{plain(said)}**")
    rows = labels.worded(space.answer.by_channel.with_columns(pl.col("channel").fill_null(_("No channel"))), "channel_status", "universe_basis")
    sold = rows.filter(pl.col("net_sales").is_not_null())
    if sold.height:
        compared = sold.rename({"previous_sales": "previous"})
        draw.chart(bars(compared, name="channel", key="channel", theme=draw.theme(), finding=said), key="space_channels")
    columns = (
        "channel", "channel_status", "universe", "universe_basis", "reached_accounts", "penetration", "open_accounts", "first_month", "first_buyers",
        "net_sales", "previous_sales", "growth_rate", "margin_rate", "sales_share", "sales_per_buyer",
    )  # fmt: skip
    tables.show(rows.select(columns), "channels", key="space_channels_table", leads="net_sales")
    return Told(("margin_rate",))


def _launches(space: Space) -> None:
    """New products, the channels that buy them, and the accounts that came with them."""
    cuts.choose("white_space", NEW)
    found = answers.get("white_space_launches", space.filters, space.chosen.only(NEW))
    said = findings.launches(found)
    st.markdown(f"**{plain(said)}**")
    if found.new_products.is_empty():
        st.caption(_("A product is new by its date of launch, or by its first sale where the data begin before it."))
        return
    st.caption(_("Came with it: accounts whose own first purchase was in the month in which they first bought the product, unless that was in the first months of the data. It may have opened the door, or just been there."))
    chosen_row = tables.show(found.new_products, "new_products", key="space_launches_table", pick=True)
    product = found.new_products["product_id"][chosen_row or 0]
    own = found.new_product_channels.filter(pl.col("product_id") == product)
    tables.show(own.with_columns(pl.col("channel").fill_null(_("No channel"))).drop("product_id"), "new_product_channels", key="space_launch_channels")


def _map(space: Space) -> None:
    """The accounts' places; a clicked one lists what is not reached there."""
    answer = space.answer
    located, known = answer.summary["located_accounts"].item(), answer.summary["known_accounts"].item()
    if not located:
        st.info(
            _("No account has coordinates, so that there is no map. Two columns of the accounts file draw it: latitude and longitude, in decimal "
              "degrees (docs/data-format.md). The city alone is not enough: no map server is asked.")
        )  # fmt: skip
        return
    rows = answer.places.filter(pl.col("area") == _area(answer.places))
    said = _("Rings: known accounts; discs: those that are not reached. {n} of {m} accounts have coordinates.").format(
        n=format_number(located), m=format_number(known)
    )
    picked = draw.chart(places(rows, theme=draw.theme(), finding=said), key="space_map")
    st.caption(said)
    if not picked:
        tables.show(rows.drop("area", "latitude", "longitude"), "places", key="space_places")
        return
    town, region = picked[0]["town"], picked[0].get("region")
    there = rows.filter(pl.col("town") == town, pl.col("region").eq_missing(region))
    st.markdown(f"**{plain(town)}**: {format_percent(there['penetration'].first(), 0)}")
    _list(open_at(answer.ground.accounts, town, region), "space_place_accounts")


def _area(rows: pl.DataFrame) -> int:
    """Which of the areas that lie far apart is drawn: the one with the most accounts, unless another is chosen."""
    areas = rows.group_by("area").agg(pl.col("town").first(), pl.len().alias("places"), pl.col("known_accounts").sum()).sort("known_accounts", descending=True)
    if areas.height == 1:
        return int(areas["area"][0])
    names = {str(area): _("{place} and {n} more").format(place=plain(place), n=format_number(count - 1)) for area, place, count, _known in areas.rows()}
    return int(tabs.choose(_("Area"), names, key="space_area", name="area", label_visibility="visible"))
