"""The wallet's arithmetic: methods.md section 10's examples, to the digit."""

import polars as pl
import pytest

from measures.customers.wallet import rank_share, with_model, with_shares

NUMBERS = {"own": pl.Float64, "known": pl.Float64, "model": pl.Float64, "source": pl.String}


def shares(own, known, model, source="declared") -> dict:
    row = pl.DataFrame([{"own": own, "known": known, "model": model, "source": source}], schema=NUMBERS)
    return with_shares(row).row(0, named=True)


def peers(count: int, *, credit: float = 10.0) -> pl.DataFrame:
    """`count` alike accounts that buy 10, 20, 30 … in all at the same size, and one of twice the size whose purchases nobody knows."""
    known = [{"own": 4.0, "known": 10.0 * number - 4, "credit_limit": credit} for number in range(1, count + 1)]
    rows = [*known, {"own": 5.0, "known": None, "credit_limit": 2 * credit}]
    return pl.DataFrame([{"kind": "outlet", "channel": "bars"} | row for row in rows])


def test_the_published_example_own_60_known_25_model_120() -> None:
    found = shares(60.0, 25.0, 120.0)
    assert (found["wallet"], found["share"], found["share_low"]) == (120.0, 0.5, 0.5)
    assert found["share_high"] == pytest.approx(0.706, abs=5e-4)
    assert found["tag"] == "modelled"


def test_an_empty_wallet_has_no_share() -> None:
    found = shares(0.0, 0.0, 0.0)
    assert (found["wallet"], found["share"], found["share_low"], found["share_high"]) == (0.0, None, None, None)


def test_what_is_known_beats_a_smaller_model_and_keeps_its_source() -> None:
    found = shares(60.0, 40.0, 90.0, "observed")
    assert (found["wallet"], found["share"], found["share_high"], found["tag"]) == (100.0, 0.6, 0.6, "observed")
    assert shares(60.0, 40.0, None, "declarado")["tag"] == "declared"


def test_nothing_known_and_no_model_is_no_wallet() -> None:
    found = shares(60.0, None, None, None)
    assert (found["wallet"], found["share"], found["tag"]) == (None, None, None)


def test_an_account_that_another_one_supplies_has_no_share_and_no_wallet() -> None:
    assert (shares(None, 25.0, 120.0)["wallet"], shares(None, 25.0, 120.0)["share"]) == (None, None)


@pytest.mark.parametrize(("rank", "suppliers", "share"), [(1, 2, 0.6667), (2, 2, 0.3333), (2, 3, 0.3333), (1, 1, 1.0)])
def test_without_volumes_the_rank_gives_the_share(rank: int, suppliers: int, share: float) -> None:
    assert rank_share(rank, suppliers) == pytest.approx(share, abs=5e-5)


def test_the_shares_of_all_ranks_sum_to_one_and_no_other_rank_exists() -> None:
    assert sum(rank_share(rank, 7) for rank in range(1, 8)) == pytest.approx(1)
    assert (rank_share(0, 3), rank_share(4, 3)) == (None, None)


def test_the_model_is_the_80th_percentile_of_purchases_per_size_times_the_own_size() -> None:
    # Eleven peers buy 10 … 110 at a size of 10: the ninth, 90, has eight of the other ten under it; the account is twice their size.
    model = with_model(peers(11), "credit_limit")["model"]
    assert model[-1] == pytest.approx(180)
    assert model[0] == pytest.approx(90)


def test_under_eight_peers_there_is_no_model() -> None:
    assert with_model(peers(7), "credit_limit")["model"].to_list() == [None] * 8
    assert with_model(peers(8), "credit_limit")["model"].count() == 9


def test_an_account_without_the_attribute_has_no_model() -> None:
    rows = peers(9).with_columns(pl.when(pl.col("known").is_not_null()).then("credit_limit").alias("credit_limit"))
    assert with_model(rows, "credit_limit")["model"][-1] is None
