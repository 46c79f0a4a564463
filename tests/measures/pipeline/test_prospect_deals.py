"""The largest open deals and their chances, which are those of the prospects' answer."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.language import use
from data.store import Store
from measures.pipeline.prospect_deals import DEALS_SCHEMA, THRESHOLDS, ProspectDeals, answer, with_records
from measures.registry import tables
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, make_store
from tests.measures.pipeline.prospecting import account, deal, eight, scored, store_of, written


def deals(store: Store, filters: Filters = Filters(), viewer: Viewer = EVERYBODY, **overrides: object) -> ProspectDeals:
    return answer(ask_as(store, viewer), filters, cuts(THRESHOLDS, overrides=overrides))


def chances(found: ProspectDeals) -> list[tuple]:
    return found.deals.select("opportunity_id", "probability", "class", "status").rows()


@pytest.fixture
def open_ones() -> list[tuple[dict, list[dict]]]:
    return [deal("O1", "P", date(2025, 11, 1), expected_amount=500), deal("O2", "V", date(2025, 11, 1), expected_amount=400)]


def test_an_open_deal_has_its_accounts_chance_or_the_rate_of_the_unrated(tmp_path, open_ones) -> None:
    closed = [deal(f"U{n}", "U", date(2025, 2, 1), "won" if n < 6 else "lost") for n in range(10)]
    found = deals(store_of(tmp_path, [account("U"), account("P"), account("V")], [scored("P", 80)], [*closed, *open_ones]))
    assert chances(found) == [("O1", 0.75, "A", "rated"), ("O2", pytest.approx((6 + 10 * 0.25) / 20), None, "unrated")]
    assert found.deals["sentence"][1] == "Not rated: 42% from the closed deals without a rating (6 of 10 won) and 10 more assumed at 25%"


def test_what_is_assumed_beside_the_closed_deals_is_told_in_the_readers_language(tmp_path, open_ones) -> None:
    """2 of 2 won, and half a deal at 20 %: 2.1 ÷ 2.5."""
    closed = [deal(f"U{n}", "U", date(2025, 2, 1), "won") for n in range(2)]
    store = store_of(tmp_path, [account("U"), account("P"), account("V")], [scored("P", 80)], [*closed, *open_ones])
    use("es")
    said = deals(store, class_prior_deals=0.5, prior_win_rate=0.2).deals["sentence"][1].replace("\u00a0", " ")
    assert said == "Sin valorar: 84 % según las oportunidades cerradas sin valoración (2 ganadas de 2) y un supuesto del 20 % que pesa como 0,5"


def test_where_no_deal_without_a_rating_has_closed_a_rate_is_assumed(tmp_path, open_ones) -> None:
    found = deals(store_of(tmp_path, [account("P"), account("V")], [scored("P", 80)], open_ones))
    assert found.deals["sentence"][1] == "Not rated, and no deal without a rating has closed: 25% is assumed"


def test_a_deal_that_closed_after_the_day_was_open_on_it(tmp_path) -> None:
    store = store_of(tmp_path, [account("B"), account("P")], [scored("B", 50), scored("P", 50)], eight("B", wins=1))
    assert deals(store, Filters(to_date=date(2025, 2, 28))).deals.height == 8
    assert deals(store).deals.is_empty()


def test_a_score_that_somebody_wrote_moves_the_chance_of_the_accounts_deal(tmp_path, open_ones) -> None:
    base = deals(store_of(tmp_path, [account("P"), account("V")], [scored("P", 80)], open_ones))
    names = ("strength", "management", "network", "purchasing_power", "marketing", "growth", "advantage", "strategic_importance")
    noted = with_records(base, [written("scores", "V", scores=dict.fromkeys(names, 80), reason="Met them")], cuts(THRESHOLDS))
    assert chances(noted) == [("O1", 0.75, "A", "rated"), ("O2", 0.75, "A", "rated")]


def test_what_is_written_about_an_account_that_the_viewer_does_not_see_moves_nothing(tmp_path, open_ones) -> None:
    store = store_of(tmp_path, [account("P"), account("V", "S")], [scored("P", 80), scored("V", 10)], open_ones)
    base = deals(store, viewer=Viewer("north@example.com", "North", "lead", ("N",)))
    assert [row[0] for row in chances(base)] == ["O1"]
    note = written("scores", "V", scores={"strength": 100}, reason="Secret")
    assert with_records(base, [note], cuts(THRESHOLDS)).deals.equals(base.deals)


def test_the_largest_come_first_and_no_more_than_are_shown(tmp_path, monkeypatch: pytest.MonkeyPatch, open_ones) -> None:
    monkeypatch.setattr("measures.pipeline.prospect_deals.DEALS_SHOWN", 1)
    assert deals(store_of(tmp_path, [account("P"), account("V")], [], open_ones[::-1])).deals["opportunity_id"].to_list() == ["O1"]


def test_a_store_without_deals_has_the_same_table(tmp_path) -> None:
    assert tables(deals(make_store(tmp_path)))["deals"].equals(pl.DataFrame(schema=DEALS_SCHEMA))
