"""The white space drawn and in words: exact lengths, totals at the edges, areas of places, and sentences that say what there is."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from charts.findings.pipeline import white_space as findings
from charts.pipeline.places import AREAS, places
from charts.pipeline.space_grid import account_categories, region_channels
from charts.pipeline.universe import universe
from data import language
from data.records import UNIVERSE, Record
from measures.pipeline.proposal_trial import SCHEMA as RECALL
from measures.pipeline.universe_tables import CHANNELS_SCHEMA
from measures.pipeline.white_space import THRESHOLDS, WhiteSpace, answer, with_records
from measures.pipeline.white_space_launches import PRODUCTS_SCHEMA, WhiteSpaceLaunches
from measures.pipeline.white_space_products import WHITE_SPACE_SCHEMA, WhiteSpaceProducts
from measures.pipeline.white_space_sources import SOURCES_SCHEMA, WhiteSpaceSources
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.charts.space_shapes import CELLS, PLACES, PROPOSALS, REGIONS

NOTHING = pl.DataFrame()


def test_a_bar_ends_where_the_known_accounts_end_and_the_outline_where_the_universe_does():
    frame = universe(REGIONS, key="region_id", name="region").frame
    north = frame.filter(key="N", part="segment").sort("start")
    assert north.select("kind", "start", "end").rows() == [("buys", 0, 10), ("supplied", 10, 30), ("unreached", 30, 40)]
    whole = {row["key"]: row for row in frame.filter(part="whole").iter_rows(named=True)}
    assert (whole["N"]["start"], whole["N"]["end"], whole["N"]["is_stated"], whole["N"]["text"]) == (40, 100, True, "30% of 100")
    assert (whole["S"]["is_stated"], whole["S"]["text"]) == (False, "25% of 20 known")


def test_where_own_orders_alone_count_the_key_does_not_speak_of_supply():
    own = REGIONS.with_columns(reached_accounts="buys")
    keys = [universe(rows, key="region_id", name="region").frame.filter(part="key") for rows in (REGIONS, own)]
    assert [key["kind"].to_list() for key in keys] == [["buys", "supplied", "unreached", "universe"], ["buys", "unreached", "universe"]]
    assert keys[1]["left"][1] == keys[0]["left"][1]


def test_beyond_twelve_bars_the_rest_is_one():
    many = pl.concat([REGIONS.head(1).with_columns(region_id=pl.lit(f"R{n:02}"), region=pl.lit(f"Region {n}")) for n in range(15)])
    frame = universe(many, key="region_id", name="region").frame
    assert frame.filter(part="whole").height == 13
    assert frame.filter(part="whole", key="others").select("name", "end").row(0) == ("Others (3)", 300)


def test_a_grids_margins_are_its_sums_and_are_not_coloured():
    frame = region_channels(CELLS).frame
    whole = frame.filter(row="total", column="total").row(0, named=True)
    assert (whole["text"], whole["note"], whole["is_known"]) == ("70", "33%", False)
    assert frame.filter(row="N", column="Bars").select("text", "note", "heat").row(0) == ("60", "33%", 1.0)
    assert frame.filter(row="N", column="total")["text"].item() == "70"


def test_accounts_of_one_name_are_told_apart():
    frame = account_categories(PROPOSALS).frame
    assert set(frame["row_text"]) == {"Bar (a)", "Bar (b)", "Total"}
    assert frame.filter(row="total", column="total").select("text", "note").row(0) == ("€1K", "3 products")


def test_one_category_is_laid_out_by_its_products():
    frame = account_categories(PROPOSALS.with_columns(category=pl.lit("Beer"))).frame
    assert set(frame["column_text"]) == {"Ale", "Cider", "Total"}


def test_a_region_without_an_account_says_so():
    nobody = REGIONS.head(1).with_columns(pl.lit(0).alias("universe"), pl.lit(0).alias("known_accounts"), pl.lit(0).alias("reached_accounts"), pl.lit(0).alias("buys"))
    assert universe(nobody, key="region_id", name="region").frame.filter(part="whole")["text"].item() == "nobody known"


def test_a_places_disc_is_its_open_accounts_in_the_rings_scale_and_the_poles_are_left_out():
    found = {row["town"]: row for row in places(PLACES).frame.filter(part="place").iter_rows(named=True)}
    assert found.keys() == {"Madrid", "Sevilla"}
    assert (found["Madrid"]["ring"], found["Madrid"]["disc"], found["Sevilla"]["disc"]) == (AREAS[1], AREAS[1] / 4, 0)


def test_the_maps_lines_say_their_degrees_in_the_readers_language():
    language.use("es")
    shown = set(places(PLACES).frame.filter(part="grid")["degrees"])
    assert {"5° O", "40° N"} <= shown


@pytest.fixture(scope="module")
def space(tmp_path_factory) -> WhiteSpace:
    """Two accounts of the north that buy, and one that does not."""
    accounts = [{"account_id": a, "account": a, "region_id": "N", "channel": "Bars"} for a in "abc"]
    sold = [(date(2025, month, 2), account, "p", 1, 1) for month in range(1, 13) for account in "ab"]
    store = make_store(
        tmp_path_factory.mktemp("space"), regions=[{"region_id": "N", "region": "North"}], accounts=accounts,
        products=[{"product_id": "p", "product": "P"}], transactions=lines(*sold),
    )  # fmt: skip
    return answer(ask_as(store), Filters(), cuts(THRESHOLDS))


def stated(found: WhiteSpace, channel: str | None, accounts: int) -> WhiteSpace:
    record = Record(1, 1, UNIVERSE, "N", {"channel": channel, "accounts": accounts}, True, "ana", "2026-01-01")
    return with_records(found, [record], cuts(THRESHOLDS))


def test_the_finding_says_what_is_reached_and_where_most_is_open(space: WhiteSpace):
    assert findings.sentence(with_records(space, [], cuts(THRESHOLDS))) == "We reach 2 of the 3 accounts known here; nobody has stated how many there are outside"
    assert findings.sentence(stated(space, "Bars", 20)) == "We reach 10% of 20 accounts; in North 18 are not reached"


def elsewhere(found: WhiteSpace) -> WhiteSpace:
    """The same with a second region, channel and cell of which nothing is open."""
    beside = {"region_id": "S", "region": "South", "channel": "Shops", "open_accounts": 0}
    twice = {
        name: pl.concat([rows, rows.tail(1).with_columns(pl.lit(value, rows.schema[column]).alias(column) for column, value in beside.items() if column in rows.columns)])
        for name in ("by_region", "by_channel", "cells") for rows in [getattr(found, name)]
    }  # fmt: skip
    return replace(found, **twice)


def test_the_finding_speaks_of_what_the_chart_beside_it_shows(space: WhiteSpace):
    wide = elsewhere(stated(space, "Bars", 20))
    places = {by: findings.sentence(wide, by=by).split("gap is ")[1].split(",")[0] for by in ("region", "channel", "both")}
    assert places == {"region": "North", "channel": "Bars", "both": "Bars in North"}
    assert "North, where 18" in findings.sentence(elsewhere(stated(space, None, 20)), by="both")
    assert findings.sentence(elsewhere(stated(space, "Bars", 2)), by="both") == "We reach 67% of 3 accounts; the widest gap is Bars in North, where 1 is not reached"


@pytest.mark.parametrize(("by", "place"), [("region", "North"), ("channel", "Bars"), ("both", "Bars in North")])
def test_of_one_place_no_gap_is_called_the_widest(space: WhiteSpace, by: str, place: str):
    assert findings.sentence(stated(space, "Bars", 2), by=by) == f"We reach 67% of 3 accounts; in {place} 1 is not reached"


def proposals(*rows: dict) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema_overrides=WHITE_SPACE_SCHEMA) if rows else pl.DataFrame(schema=WHITE_SPACE_SCHEMA)


def products(white_space: pl.DataFrame, recall: pl.DataFrame | None = None) -> WhiteSpaceProducts:
    return WhiteSpaceProducts(white_space, NOTHING, pl.DataFrame(schema=RECALL) if recall is None else recall, NOTHING, NOTHING)


def test_the_first_proposals_are_summed_and_the_largest_is_named():
    rows = proposals(
        {"account": "Bravo", "product": "Cider", "rank": 2, "expected_sales": 900.0}, {"account": "Bravo", "product": "Ale", "rank": 1, "expected_sales": 500.0},
        {"account": "Costa", "product": "Ale", "rank": 1, "expected_sales": 250.0},
    )  # fmt: skip
    assert findings.products(products(rows)) == "The first proposals to 2 accounts would be worth €750 a year; the largest is Cider to Bravo"
    assert findings.products(products(proposals())) == "No product stands out that peers buy and these accounts do not"


@pytest.mark.parametrize(
    ("near", "popular", "said"),
    [
        ((0.5, 0.4, 0.6), (0.2, 0.1, 0.3), "Nearness is the better rank here."),
        ((0.2, 0.1, 0.3), (0.5, 0.4, 0.6), "Popularity is the better rank here: choose it above."),
        ((0.3, 0.1, 0.5), (0.2, 0.1, 0.4), "The two do not differ by more than chance: the intervals overlap."),
    ],
)
def test_the_better_rank_is_named_only_where_it_is_better_than_chance(near: tuple, popular: tuple, said: str):
    columns = ("recall_at_k", "recall_at_k_lo", "recall_at_k_hi")
    rows = [{"method": method, "k": 5, "taken_up": 40, "proposed": 60, "status": "ok"} | dict(zip(columns, values, strict=True)) for method, values in (("cosine", near), ("popularity", popular))]
    found = products(proposals(), pl.DataFrame(rows, schema_overrides=RECALL))
    assert findings.verdict(found) == said
    assert findings.tested(found).startswith("Of 40 products that accounts took up in the hidden months, nearness had")
    assert "as its first proposal" in findings.tested(products(proposals(), found.recall.with_columns(k=pl.lit(1, pl.Int64))))


def test_without_a_test_the_page_says_so():
    rows = [{"method": method, "k": 1, "taken_up": 40, "proposed": 0, "status": "ok", "recall_at_k": 0.0} for method in ("cosine", "popularity")]
    nothing_proposed = products(proposals(), pl.DataFrame(rows, schema_overrides=RECALL))
    assert findings.tested(nothing_proposed) == "There is no test: with so many common buyers asked for, no product would have been proposed"
    assert findings.verdict(nothing_proposed) == ""
    assert findings.tested(products(proposals())).startswith("There is no test: in the hidden months")
    assert findings.verdict(products(proposals())) == ""


def sources(*rows: tuple) -> WhiteSpaceSources:
    names = ("source", "created", "won", "lost", "win_rate", "won_value")
    frame = pl.DataFrame(rows, schema=list(names), orient="row") if rows else pl.DataFrame(schema=SOURCES_SCHEMA)
    return WhiteSpaceSources(frame, NOTHING)


def test_sources_are_compared_only_where_enough_deals_closed():
    assert findings.sources(sources(("Fair", 90, 40, 40, 0.5, 9e5), ("Web", 90, 10, 70, 0.125, 1e5))) == (
        "Fair brought the most, €900K; Fair wins 50% of its deals, Web 12%"
    )  # fmt: skip
    assert findings.sources(sources(("Fair", 3, 1, 1, 0.5, 9e5), ("Web", 90, 10, 70, 0.125, 1e5))) == "Fair brought the most: €900K"
    assert findings.sources(sources(("Fair", 3, 1, 1, 0.5, 9e5))) == "Fair is the only source that deals name; it brought €900K"
    assert findings.sources(sources(("Fair", 3, 0, 1, 0.0, 0.0), ("Web", 3, 1, 1, 0.5, 0.0))) == "Of the deals that are won none says what it is worth"
    assert findings.sources(sources((None, 3, 1, 1, 0.5, 9e5))) == "No deal of the period says where it came from"
    assert findings.sources(sources(("Web", 12, 0, 12, 0.0, 0.0))) == "No deal that was created in the period is won yet"


def channels(space: WhiteSpace, *rows: tuple) -> WhiteSpace:
    names = ("channel", "channel_status", "growth_rate")
    return replace(space, by_channel=pl.DataFrame(rows, schema={name: CHANNELS_SCHEMA[name] for name in names}, orient="row"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("Air", "untapped", None), ("Bars", "established", 0.2)), "Nobody buys yet in Air"),
        ((("Net", "new_channel", None), ("Bars", "established", 0.2)), "New: Net"),
        ((("Net", "new_channel", None), ("Air", "untapped", None)), "New: Net; nobody buys yet in Air"),
        ((("Bars", "established", 0.2), ("Shops", "established", -0.1)), "No channel is new; Bars grows most, by 20%"),
        ((("Bars", "established", 0.004), ("Shops", "established", -0.1)), "No channel is new, and none grows"),
        ((("Bars", None, None), ("Shops", None, None)), "Too little history to tell new channels from old ones"),
        (((None, None, None),), "No account says which channel it belongs to"),
    ],
)
def test_channels_say_what_is_new_and_what_is_untapped(space: WhiteSpace, rows: tuple, said: str):
    assert findings.channels(channels(space, *rows)) == said


def test_launches_say_who_came_with_them():
    def launched(came_with: int) -> WhiteSpaceLaunches:
        return WhiteSpaceLaunches(pl.DataFrame([{"product": "Ale", "came_with": came_with}], schema_overrides=PRODUCTS_SCHEMA), NOTHING)

    assert findings.launches(launched(1)) == "1 account began in the month of its first Ale"
    assert findings.launches(launched(3)) == "3 accounts began in the month of their first Ale"
    assert findings.launches(launched(0)) == "No account began with one of the new products"
    assert findings.launches(WhiteSpaceLaunches(pl.DataFrame(schema=PRODUCTS_SCHEMA), NOTHING)) == "No product is new"
