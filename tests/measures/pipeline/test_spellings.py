"""A word in several spellings is one row, under the first of them."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.records import UNIVERSE, Record
from measures.pipeline import white_space
from measures.pipeline.prospect_tables import obstacles
from measures.pipeline.spellings import spellings
from measures.registry import ANSWERS, all_thresholds, complete
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store
from tests.measures.pipeline.pipelines import deals_store

LEAD = Viewer("south@x", "South's lead", "lead", ("S",))
CHANNELS = {"N1": "Bar", "N2": "bar ", "N3": " ", "S1": "bar", "S2": "BAR", "S3": "Hotel"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """All buy P in each month of 2024 and 2025; S1, S2 and S3 buy Q, which is launched in June 2025, too, and Z, which is old."""
    accounts = [{"account_id": key, "account": key, "region_id": key[0], "channel": channel} for key, channel in CHANNELS.items()]
    months = [date(2024 + step // 12, step % 12 + 1, 2) for step in range(24)]
    sold = [(day, key, "P", 1, 10) for key in CHANNELS for day in months] + [(date(2025, 7, 2), key, "Q", 1, 5) for key in ("S1", "S2", "S3")]
    sold += [(day, key, "Z", 1, 10) for key in ("S1", "S2") for day in months]
    products = [{"product_id": key, "product": key, "category": "Beer", "launched_on": day} for key, day in (("P", None), ("Q", date(2025, 6, 1)), ("Z", None))]
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    return make_store(tmp_path_factory.mktemp("spellings"), regions=regions, accounts=accounts, products=products, transactions=lines(*sold))


def asked(store, name: str, filters: Filters | None = None, viewer: Viewer = EVERYBODY, **overrides: object) -> dict:
    kind = ANSWERS[name]
    return complete(kind, ask_as(store, viewer), filters or Filters(), cuts(all_thresholds(kind), overrides=overrides), lambda _kind: [])


def stated(store, *places: tuple[str, str, int], filters: Filters | None = None) -> white_space.WhiteSpace:
    chosen = cuts(white_space.THRESHOLDS)
    records = [
        Record(number, 1, UNIVERSE, region, {"channel": channel, "accounts": accounts, "source": None}, True, "ana", "2026-01-01")
        for number, (region, channel, accounts) in enumerate(places, start=1)
    ]
    return white_space.with_records(white_space.answer(ask_as(store), filters or Filters(), chosen), records, chosen)


def by_channel(found: dict) -> dict[str | None, int]:
    return dict(found["by_channel"].select("channel", "known_accounts").iter_rows())


def test_the_first_spelling_names_a_word_and_blanks_are_none() -> None:
    found = spellings(["bar ", "Bar", "BÄR", "bär", " ", None])
    assert found.names == {"bar": "Bar", "bär": "BÄR"}
    assert found.others == {"bar ": "Bar", "bär": "BÄR", " ": None}
    assert found.named(pl.DataFrame({"word": ["bar ", "Bar", " ", None]}), "word")["word"].to_list() == ["Bar", "Bar", None, None]


def test_a_known_name_is_kept_before_the_first_spelling() -> None:
    assert spellings(["BAR"], {"bar": "Bar"}).others == {"BAR": "Bar"}


def test_a_word_that_nobody_wrote_is_called_as_it_is_written() -> None:
    assert [spellings(["Bar"]).name(text) for text in ("BAR ", " Ferry", " ")] == ["Bar", "Ferry", None]


def test_a_channel_in_several_spellings_is_one_and_a_blank_one_is_none(store) -> None:
    assert by_channel(asked(store, "white_space")) == {"BAR": 4, "Hotel": 1, None: 1}


def test_a_channel_is_called_the_same_whatever_is_filtered(store) -> None:
    found = asked(store, "white_space", Filters(region_ids=("N",)))
    assert by_channel(found) == {"BAR": 2, None: 1}
    assert found["cells"].select("region_id", "channel", "known_accounts").rows() == [("N", "BAR", 2), ("N", None, 1)]


def test_a_leads_channel_has_a_spelling_of_their_accounts(tmp_path) -> None:
    accounts = [{"account_id": key, "account": key, "region_id": key[0], "channel": channel} for key, channel in (("N1", "BAR"), ("S1", "bar"), ("S2", "Bar"))]
    made = make_store(tmp_path, regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}], accounts=accounts)
    assert by_channel(asked(made, "white_space", viewer=LEAD)) == {"Bar": 2}


def test_what_is_stated_belongs_to_the_channel_in_whatever_spelling(store) -> None:
    found = stated(store, ("S", " bAr", 50))
    assert found.cells.filter(region_id="S").select("channel", "universe").rows() == [("BAR", 50), ("Hotel", 1)]
    assert found.statements["channel"].to_list() == ["BAR"]


def test_of_a_channel_stated_in_two_spellings_the_last_word_counts(store) -> None:
    assert stated(store, ("S", "Bar", 50), ("S", "bar", 40)).statements.select("channel", "stated_accounts").rows() == [("BAR", 40)]


def test_a_channel_that_is_stated_only_is_one_in_all_regions(store) -> None:
    found = stated(store, ("S", "Ferry", 5), ("N", "ferry ", 7))
    assert found.by_channel.filter(channel="Ferry")["universe"].to_list() == [12]


def test_a_statement_is_called_as_accounts_are_that_the_filter_hides(store) -> None:
    assert stated(store, ("N", "HOTEL", 5), filters=Filters(region_ids=("N",))).cells["channel"].to_list() == ["BAR", "Hotel", None]


def test_a_new_products_buyers_are_one_row_per_channel(store) -> None:
    found = asked(store, "white_space")
    assert found["new_product_channels"].filter(product_id="Q").select("channel", "buyers", "net_sales").rows() == [("BAR", 2, 10), ("Hotel", 1, 5)]
    assert found["new_products"].filter(product_id="Q").select("channels", "top_channel", "buyers").rows() == [(2, "BAR", 3)]


def test_proposals_name_the_channel_as_the_universe_does(store) -> None:
    rows = asked(store, "white_space", least_co_buyers=1)["white_space"]
    assert set(rows.filter(pl.col("account_id").is_in(["N1", "N2"]))["channel"]) == {"BAR"}


def test_lost_reasons_in_several_spellings_are_one(tmp_path) -> None:
    reasons = {"1": "cena", "2": "Cena ", "3": "Cena", "4": None}
    paths = {deal: [("lead", 1), *([("offer", 2)] if deal in "13" else []), ("lost", 11)] for deal in reasons}
    made = deals_store(tmp_path, paths, {deal: {"lost_reason": reason, "expected_amount": 100} for deal, reason in reasons.items()})
    rows = asked(made, "funnel")["lost_reasons"].select("lost_reason", "lost", "share", "lost_value", "mean_days", "stage", "lost_here").rows()
    assert rows == [("Cena", 3, 0.75, 300, 10, "offer", 2), (None, 1, 0.25, 100, 10, "lead", 1)]


def test_obstacles_in_several_spellings_are_one_in_every_quadrant() -> None:
    rows = [("PI", "cena", 1.0, 0.5), ("PI", "Cena", 2.0, 0.5), ("PI", None, 4.0, 1.0), ("PII", "cena ", 8.0, 2.0), (None, "CENA", 9.0, 9.0)]
    prospects = pl.DataFrame(rows, schema=["quadrant", "obstacle", "expected_contribution", "delay_cost"], orient="row")
    assert obstacles(prospects).rows() == [("PI", None, 1, 4.0, 1.0), ("PI", "Cena", 2, 3.0, 1.0), ("PII", "Cena", 1, 8.0, 2.0)]
