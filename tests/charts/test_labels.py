"""Codes, units and numbers in the reader's words."""

import pytest

from charts import labels, values
from charts.customers import segment_words
from data import language
from measures.customers.quadrants import BELOW_ZERO, CLASSIFIED, MISSING_COST

STABILITY_STATUSES = ("new", "insufficient")
"""What measures.customers.stability says besides ok and provisional."""


def test_codes_have_words_and_unknown_ones_are_shown_as_they_are() -> None:
    assert [labels.label(code) for code in ("vip", "decision maker", "exists", "My stage", None)] == [
        "VIP", "Decision maker", "Clear season", "My stage", "–",
    ]  # fmt: skip


def test_quadrants_carry_their_strategy_in_both_languages() -> None:
    assert [labels.quadrant(code) for code in ("EI", "EII", "EIII", "EIV")] == [
        "EI Consolidate", "EII Recover", "EIII Promote", "EIV Liquidate",
    ]  # fmt: skip
    language.use("es")
    assert labels.quadrant("EII") == "EII Recuperar"


def test_who_is_in_no_tier_or_abc_class_has_no_class_in_both_languages() -> None:
    assert [labels.tier(code) for code in ("vip", "A", "none")] == ["VIP", "A", "No class"]
    assert [segment_words.segment(code) for code in ("vip", "EI", "none", None)] == ["VIP", "EI Consolidate", "No class", "Not known"]
    language.use("es")
    assert labels.tier("none") == "Sin clase"


@pytest.mark.parametrize("status", [*CLASSIFIED, BELOW_ZERO, MISSING_COST, *STABILITY_STATUSES])
def test_every_status_of_an_account_among_the_quadrants_has_a_word(status: str) -> None:
    assert labels.is_code(status)


def test_a_contribution_of_zero_or_less_is_told_in_both_languages() -> None:
    assert labels.label(BELOW_ZERO) == "Not above zero"
    language.use("es")
    assert labels.label(BELOW_ZERO) == "No supera cero"


def test_axis_titles_carry_the_unit() -> None:
    assert [labels.axis_title(name) for name in ("net_sales", "quantity", "volume", "won_value", "abc")] == [
        "Net sales (EUR)", "Units", "Volume (hl)", "Won value (EUR)", "ABC",
    ]  # fmt: skip


def test_reasons_of_rejected_rows_have_words() -> None:
    assert labels.reason("missing_value") == "a required value is missing"
    assert labels.reason("something_new") == "something_new"


@pytest.mark.parametrize(
    ("metric", "value", "short", "full"),
    [
        ("net_sales", 1234567.0, "€1.2M", "€1,234,567"),
        ("attainment", 0.923, "92.3%", "92.3%"),
        ("seasonal_index", 1.2531, "1.25", "1.25"),
        ("quantity", 164.2, "164", "164"),
        ("quantity", 12345.0, "12.3K", "12,345"),
        ("won_value", 10_005_534.0, "€10M", "€10,005,534"),
        ("quantity", None, "–", "–"),
    ],
)
def test_values_are_written_as_their_unit_asks(metric: str, value: float | None, short: str, full: str) -> None:
    assert (values.short(value, metric), values.full(value, metric)) == (short, full)


def test_changes_have_an_arrow_and_a_sign() -> None:
    assert [values.arrow(rate) for rate in (0.05, -0.05, 0.0, None)] == ["▲ +5.0%", "▼ -5.0%", "■ 0.0%", "–"]
