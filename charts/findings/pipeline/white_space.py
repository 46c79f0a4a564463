"""The white space in sentences: what is not reached, what to propose, which source and which channel stand out."""

import polars as pl

from charts.cached import cached
from data.language import _, format_money_compact, format_number, format_percent, ngettext
from measures.pipeline.universe import KNOWN
from measures.pipeline.universe_tables import NEW, UNTAPPED
from measures.pipeline.white_space import WhiteSpace
from measures.pipeline.white_space_launches import WhiteSpaceLaunches
from measures.pipeline.white_space_products import WhiteSpaceProducts
from measures.pipeline.white_space_sources import WhiteSpaceSources

TEST_AT = 5
LEAST_CLOSED = 30
"""Closed deals without which a source's win rate is chance."""


@cached
def sentence(answer: WhiteSpace, *, by: str = "region") -> str:
    """How much of the universe is reached, and where the most of it is open: by region, by channel or by both, as the chart beside it."""
    row = answer.summary.row(0, named=True)
    if row["universe_basis"] == KNOWN:
        return _known_only(row)
    reached = _("We reach {share} of {n} accounts").format(share=format_percent(row["penetration"], 0), n=format_number(row["universe"]))
    where, count = _widest(answer, by)
    if not count:
        return reached
    if _places(answer, by) == 1:
        text = ngettext("{reached}; in {place} {m} is not reached", "{reached}; in {place} {m} are not reached", count)
        return text.format(reached=reached, place=where, m=format_number(count))
    text = ngettext("{reached}; the widest gap is {place}, where {m} is not reached", "{reached}; the widest gap is {place}, where {m} are not reached", count)
    return text.format(reached=reached, place=where, m=format_number(count))


def _places(answer: WhiteSpace, by: str) -> int:
    """Among how many places the widest gap is sought: where there is one, none is wider than another."""
    return {"region": answer.by_region, "channel": answer.by_channel, "both": answer.cells}[by].height


def _widest(answer: WhiteSpace, by: str) -> tuple[str, int]:
    """The place with the most open accounts, and how many they are; the region where the most of them lie in no channel."""
    region = _widest_region(answer)
    if by == "region":
        return place(region["region"]), region["open_accounts"]
    first = (answer.by_channel if by == "channel" else answer.cells).sort("open_accounts", descending=True).row(0, named=True)
    if by == "channel":
        return channel(first["channel"]), first["open_accounts"]
    if first["open_accounts"] < region["unplaced"] or first["channel"] is None:
        return place(region["region"]), region["open_accounts"]
    return _("{channel} in {region}").format(channel=channel(first["channel"]), region=place(first["region"])), first["open_accounts"]


def _widest_region(answer: WhiteSpace) -> dict[str, object]:
    """The region with the most open accounts, and how many of them are stated for the whole region and lie in no channel."""
    region = answer.by_region.row(0, named=True)
    inside = answer.cells.filter(pl.col("region_id").eq_missing(region["region_id"]))["open_accounts"].sum()
    return region | {"unplaced": region["open_accounts"] - inside}


def _known_only(row: dict[str, object]) -> str:
    if row["reached_accounts"] == row["known_accounts"]:
        text = ngettext(
            "We reach the one account known here; nobody has stated how many there are outside",
            "We reach all {n} accounts known here; nobody has stated how many there are outside",
            row["known_accounts"],
        )
    else:
        text = _("We reach {m} of the {n} accounts known here; nobody has stated how many there are outside")
    return text.format(m=format_number(row["reached_accounts"]), n=format_number(row["known_accounts"]))


def products(answer: WhiteSpaceProducts) -> str:
    """What the first proposals are worth, and where to begin."""
    first = answer.white_space.filter(pl.col("rank") == 1)
    if first.is_empty():
        return _("No product stands out that peers buy and these accounts do not")
    top = answer.white_space.row(0, named=True)
    text = ngettext(
        "The first proposal to {n} account would be worth {money} a year; the largest is {product} to {account}",
        "The first proposals to {n} accounts would be worth {money} a year; the largest is {product} to {account}",
        first.height,
    )
    return text.format(n=format_number(first.height), money=format_money_compact(first["expected_sales"].sum()), product=top["product"], account=top["account"])


def tested(answer: WhiteSpaceProducts) -> str:
    """How well both ranks foretold the hidden months."""
    found = answer.recall.filter(pl.col("k") <= TEST_AT)
    if found.is_empty() or found["status"][0] == "insufficient":
        return _("There is no test: in the hidden months no account took up a product that had been sold before")
    if not found["proposed"].sum():
        return _("There is no test: with so many common buyers asked for, no product would have been proposed")
    k = found["k"].max()
    rate = dict(found.filter(pl.col("k") == k).select("method", "recall_at_k").iter_rows())
    text = ngettext(
        "Of {n} products that accounts took up in the hidden months, nearness had {cosine} as its first proposal, popularity {popularity}",
        "Of {n} products that accounts took up in the hidden months, nearness had {cosine} among its first {k}, popularity {popularity}",
        k,
    )
    return text.format(
        n=format_number(found["taken_up"][0]), k=k, cosine=format_percent(rate["cosine"]), popularity=format_percent(rate["popularity"])
    )


def verdict(answer: WhiteSpaceProducts) -> str:
    """Whether the two ranks differ by more than chance."""
    found = answer.recall.filter(pl.col("k") <= TEST_AT)
    if found.is_empty() or found["status"][0] == "insufficient" or not found["proposed"].sum():
        return ""
    near, popular = (found.filter(pl.col("k") == found["k"].max(), pl.col("method") == method).row(0, named=True) for method in ("cosine", "popularity"))
    if near["recall_at_k_lo"] > popular["recall_at_k_hi"]:
        return _("Nearness is the better rank here.")
    if popular["recall_at_k_lo"] > near["recall_at_k_hi"]:
        return _("Popularity is the better rank here: choose it above.")
    return _("The two do not differ by more than chance: the intervals overlap.")


def sources(answer: WhiteSpaceSources) -> str:
    """Which source wins most often, and which brings the most."""
    named = answer.sources.filter(pl.col("source").is_not_null(), pl.col("created") > 0)
    if named.is_empty():
        return _("No deal of the period says where it came from")
    if not named["won"].sum():
        return _("No deal that was created in the period is won yet")
    top = named.row(0, named=True)
    if not top["won_value"]:
        return _("Of the deals that are won none says what it is worth")
    if named.height == 1:
        return _("{source} is the only source that deals name; it brought {money}").format(source=top["source"], money=format_money_compact(top["won_value"]))
    sure = named.filter(pl.col("won") + pl.col("lost") >= LEAST_CLOSED).sort("win_rate", descending=True)
    if sure.height < 2:
        return _("{source} brought the most: {money}").format(source=top["source"], money=format_money_compact(top["won_value"]))
    best, worst = sure.row(0, named=True), sure.row(-1, named=True)
    return _("{source} brought the most, {money}; {best} wins {high} of its deals, {worst} {low}").format(
        source=top["source"], money=format_money_compact(top["won_value"]), best=best["source"], high=format_percent(best["win_rate"], 0),
        worst=worst["source"], low=format_percent(worst["win_rate"], 0),
    )  # fmt: skip


def channels(answer: WhiteSpace) -> str:
    """New and untapped channels, else the one that grows most."""
    found = answer.by_channel
    if found.height == 1 and found["channel"][0] is None:
        return _("No account says which channel it belongs to")
    new, untapped = (found.filter(pl.col("channel_status") == status)["channel"].to_list() for status in (NEW, UNTAPPED))
    if new or untapped:
        if not untapped:
            return _("New: {names}").format(names=_listed(new))
        if not new:
            return _("Nobody buys yet in {names}").format(names=_listed(untapped))
        return _("New: {names}; nobody buys yet in {others}").format(names=_listed(new), others=_listed(untapped))
    grown = found.filter(pl.col("growth_rate").is_not_null()).sort("growth_rate", descending=True)
    if grown.is_empty():
        return _("Too little history to tell new channels from old ones")
    if round(grown["growth_rate"][0], 2) <= 0:
        return _("No channel is new, and none grows")
    return _("No channel is new; {channel} grows most, by {rate}").format(channel=channel(grown["channel"][0]), rate=format_percent(grown["growth_rate"][0], 0))


def launches(answer: WhiteSpaceLaunches) -> str:
    """Which new product came with the most new accounts."""
    if answer.new_products.is_empty():
        return _("No product is new")
    top = answer.new_products.row(0, named=True)
    if not top["came_with"]:
        return _("No account began with one of the new products")
    text = ngettext("{n} account began in the month of its first {product}", "{n} accounts began in the month of their first {product}", top["came_with"])
    return text.format(n=format_number(top["came_with"]), product=top["product"])


def _listed(names: list[str | None], most: int = 3) -> str:
    shown = ", ".join(channel(name) for name in names[:most])
    return shown if len(names) <= most else _("{names} and {n} more").format(names=shown, n=format_number(len(names) - most))


def channel(name: str | None) -> str:
    """A channel's name; accounts may state none."""
    return name or _("no channel")


def place(name: str | None) -> str:
    """A region's name; accounts may have none."""
    return name or _("no region")
