"""Numbers, money and dates follow the reader's language."""

from datetime import date

import pytest

from data import language


@pytest.mark.parametrize(
    ("code", "money", "compact", "rate", "day", "month"),
    [
        ("en", "€1,234,567.50", "€1.2M", "92.3%", "31 Oct 2026", "Oct 2026"),
        ("es", "1.234.567,50 €", "1,2 M €", "92,3 %", "31 oct 2026", "oct 2026"),
    ],
)
def test_figures_are_written_as_the_language_does(code: str, money: str, compact: str, rate: str, day: str, month: str) -> None:
    language.use(code, "EUR")
    written = (
        language.format_money(1234567.5, 2),
        language.format_money_compact(1234567),
        language.format_percent(0.923),
        language.format_date(date(2026, 10, 31)),
        language.format_month(date(2026, 10, 1)),
    )
    assert [text.replace("\xa0", " ") for text in written] == [money, compact, rate, day, month]


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
def test_a_missing_figure_is_a_dash(missing: float | None) -> None:
    assert language.format_number(missing) == language.format_money(missing) == language.format_percent(missing) == "–"


def test_the_browsers_language_is_taken_where_we_speak_it() -> None:
    assert language.best_of(["fr-FR", "es-AR"]) == "es"
    assert language.best_of(["fr-FR", None]) == "en"


def test_names_are_listed_as_the_language_does() -> None:
    assert language.listed(["A", "B", "C"]) == "A, B and C"
    assert language.listed(["North", "Islands"]) == "North and Islands"
    language.use("es")
    assert language.listed(["A", "B"]) == "A y B"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["crecimiento", "importancia"], "crecimiento e importancia"), (["Sur", "Norte", "Ílora"], "Sur, Norte e Ílora"), (["A", "«Islas»"], "A e «Islas»"),
        (["padres", "hijos"], "padres e hijos"), (["agua", "hielo"], "agua y hielo"), (["A", "hiato"], "A y hiato"), (["Islas", "Norte"], "Islas y Norte"),
        (["Norte y Islas"], "Norte y Islas"), ([], ""),
    ],
)  # fmt: skip
def test_spanish_says_e_before_the_sound_of_i_but_not_before_a_diphthong(names: list[str], text: str) -> None:
    language.use("es")
    assert language.listed(names) == text
