"""The parts that every page shares: exports that no spreadsheet runs, names shown to the letter, periods of whole months."""

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO, StringIO
from math import trunc

import fastexcel
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from charts.cells import p_text, rate_decimals
from data import language
from data.language import NOT_AVAILABLE
from data.store import Store
from pages.parts import hand_out, periods, tables, widths
from pages.parts.arrangement import arranged
from pages.parts.escape import plain
from pages.parts.tables import _later, to_csv, to_xlsx
from tests.pages.conftest import Dashboard

DANGEROUS = pl.DataFrame({"account": ["=1+1", "@sum", "-5", "Bar"], "net_sales": [-5.0, 1.5, None, 2.0]})
STATED = [("Period", "Jan 2026"), ("Region", "=North")]


def configured(column: pl.Series) -> dict:
    """How a table shows the column."""
    return tables._configurations(column.to_frame())[column.name]


def test_csv_text_cannot_turn_into_a_formula_and_numbers_stay_numbers() -> None:
    rows = list(csv.reader(StringIO(to_csv(DANGEROUS, STATED).decode("utf-8-sig"))))
    assert rows == [
        ["# Period", "Jan 2026"],
        ["# Region", "'=North"],
        ["Account", "Net sales"],
        ["'=1+1", "-5.0"],
        ["'@sum", "1.5"],
        ["'-5", ""],
        ["Bar", "2.0"],
    ]


def test_a_workbook_holds_text_as_text_and_states_its_filters() -> None:
    book = fastexcel.read_excel(to_xlsx(DANGEROUS, STATED))
    assert book.sheet_names == ["Table", "Filters"]
    table = book.load_sheet(0).to_polars()
    assert table["Account"].to_list() == ["=1+1", "@sum", "-5", "Bar"]
    assert table["Net sales"].to_list() == [-5.0, 1.5, None, 2.0]
    assert book.load_sheet(1, header_row=None).to_polars().rows() == STATED


def chart_that_finds(finding: str) -> tuple[str, str]:
    """What stands before a chart with this finding, and the chart's own name."""

    def page(finding: str) -> None:
        import polars as pl

        from charts.bars import bars
        from pages.parts import draw

        rows = pl.DataFrame({"region_id": ["N"], "region": ["North"], "net_sales": [5.0], "last_year": [4.0]})
        draw.chart(bars(rows, name="region", key="region_id", comparison="last_year", finding=finding), key="regions")

    before, chart = AppTest.from_function(page, kwargs={"finding": finding}).run().main.children.values()
    return before.proto.body, chart.proto.alt


def test_a_charts_finding_stands_before_it_as_text_and_its_name_stays_the_same() -> None:
    (rose, name), (fell, same) = chart_that_finds("It rose"), chart_that_finds("<b>Bar & Co.</b> fell")
    assert (rose, fell) == ('<p class="chart_finding">It rose</p>', '<p class="chart_finding">&lt;b&gt;Bar &amp; Co.&lt;/b&gt; fell</p>')
    assert name == same != ""


@pytest.mark.parametrize(("p", "text"), [(0.0, "< 0.001"), (0.0009, "< 0.001"), (0.001, "0.001"), (0.0123, "0.012"), (None, NOT_AVAILABLE)])
def test_a_tests_p_never_reads_as_zero(p: float | None, text: str) -> None:
    assert p_text(p) == text


@pytest.mark.parametrize(("reader", "shapes"), [("en", ["MMM YYYY", "D MMM YYYY"]), ("es", ["MM/YYYY", "DD/MM/YYYY"])])
def test_a_tables_dates_are_written_as_its_reader_writes_them(reader: str, shapes: list[str]) -> None:
    language.use(reader)
    assert [configured(pl.Series(column, [], dtype=pl.Date))["type_config"]["format"] for column in ("month", "due_on")] == shapes


def test_a_workbook_is_a_zip_without_formulas() -> None:
    import zipfile

    with zipfile.ZipFile(BytesIO(to_xlsx(DANGEROUS, STATED))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_markup_in_a_name_is_shown_to_the_letter() -> None:
    assert plain("Bar *El Sol* $5 :red[x] [a](b)") == r"Bar \*El Sol\* \$5 \:red\[x\] \[a\]\(b\)"


@pytest.mark.parametrize(
    ("preset", "as_of", "fiscal_start", "expected"),
    [
        ("12m", date(2026, 10, 31), 1, (date(2025, 11, 1), date(2026, 11, 1))),
        ("12m", date(2026, 11, 14), 1, (date(2025, 11, 1), date(2026, 11, 1))),
        ("3m", date(2026, 10, 31), 1, (date(2026, 8, 1), date(2026, 11, 1))),
        ("year", date(2026, 10, 31), 1, (date(2026, 1, 1), date(2026, 11, 1))),
        ("year", date(2026, 10, 31), 7, (date(2026, 7, 1), date(2026, 11, 1))),
        ("last_year", date(2026, 3, 31), 7, (date(2024, 7, 1), date(2025, 7, 1))),
        ("all", date(2026, 10, 31), 1, (None, None)),
    ],
)
def test_a_preset_is_whole_months(preset: str, as_of: date, fiscal_start: int, expected: tuple[date | None, date | None]) -> None:
    found = periods.preset(preset, as_of, fiscal_start)
    assert (found.from_date, found.to_date) == expected


def test_a_month_is_complete_once_the_data_reach_its_last_weekday() -> None:
    # 31 October 2026 is a Saturday: the 30th is the last weekday
    assert periods.preset("3m", date(2026, 10, 30), 1).to_date == date(2026, 11, 1)
    assert periods.preset("3m", date(2026, 10, 29), 1).to_date == date(2026, 10, 1)


def test_a_download_made_later_in_another_thread_is_in_the_readers_language() -> None:
    language.use("es", "EUR")
    made = _later(to_csv, pl.DataFrame({"net_sales": [1.0]}), STATED)
    with ThreadPoolExecutor(1) as another:
        text = another.submit(made).result().decode("utf-8-sig")
    assert "Ventas netas" in text


def test_downloads_state_what_the_reader_moved(demo: Store, dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    stated: list[tuple[str, str]] = []
    monkeypatch.setattr(tables, "_later", lambda make, frame, about: stated.extend(about) or (lambda: b""))
    dashboard(demo.root, "seasons/seasonality", window="2")
    assert ("Months of the peak", "2") in stated


def test_downloads_of_amounts_name_the_stores_currency(three_tables: Store, dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    stated: dict[str, list[tuple[str, str]]] = {}
    monkeypatch.setattr(tables, "_later", lambda make, frame, about: stated.setdefault(frame.columns[0], about) and (lambda: b""))
    dashboard(three_tables.root, "customers/value_pyramid")
    assert ("Currency", "EUR") in stated["account_id"]


def test_slides_of_amounts_name_the_stores_currency(three_tables: Store, dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch) -> None:
    stated: list[tuple[str, str]] = []
    monkeypatch.setattr(hand_out, "_later", lambda kind, shown, about: stated.extend(about) or (lambda: b""))
    dashboard(three_tables.root, "customers/value_pyramid")
    assert ("Currency", "EUR") in stated


@pytest.mark.parametrize(("column", "value", "steps"), [("share_rate", 0.029, 29), ("share_rate", 3 / 26, 115), ("score", -0.976, -98), ("net_sales", 2.6, 3)])
def test_a_table_rounds_although_the_browser_cuts(column: str, value: float, steps: int) -> None:
    scale = {"share_rate": 1000, "score": 100, "net_sales": 1}[column]
    shown = tables._rounded(pl.DataFrame({column: [value]}))[column].item()
    assert trunc(shown * scale) == steps


@pytest.mark.parametrize(("rates", "places"), [([0.5, 0.25, 0.0], 1), ([0.5, -0.0004], 2), ([0.5, 0.00005], 3), ([0.5, 1e-9, None], 1), ([None, 0.0], 1)])
def test_percentages_have_one_decimal_or_as_many_as_keep_the_smallest_from_reading_as_zero(rates: list[float | None], places: int) -> None:
    column = pl.Series("share_rate", rates, dtype=pl.Float64)
    assert rate_decimals(column) == places
    assert configured(column)["type_config"]["step"] == 10.0 ** -(2 + places)


def test_a_column_is_as_wide_as_a_long_name_that_the_browser_does_not_measure() -> None:
    long, usual = "Distribuidora Hermanos Carranza y Compañía", "Distribuidora Hermanos Luna"
    found = [configured(pl.Series("account", rows))["width"] for rows in ([usual] * 12 + [long], [usual, long], [None] * 5 + [long])]
    assert found == [295, None, 295]


def test_capitals_and_addresses_are_given_the_room_that_they_take() -> None:
    usual = ["Northern Drinks"] * 12
    found = [configured(pl.Series("account", [*usual, long]))["width"] for long in ("COMMERCIAL BEVERAGES OF WYOMING", "commercial beverages of wyoming")]
    assert found == [256, 222]


@pytest.mark.parametrize(("phone", "expected"), [(True, {"account": 208, "expected_value": 112, "region": None}), (False, {"account": None, "expected_value": None, "region": None})])
def test_a_long_name_leaves_room_for_its_figure_on_a_phone(phone: bool, expected: dict[str, int | None]) -> None:
    rows = pl.DataFrame({"account_id": ["1"], "account": ["Thorough Parts and Repair Services of Iowa City"], "expected_value": [2.0], "region": ["N"]})
    config = {name: configured(rows[name]) | {"label": "A long heading over it" if name == "expected_value" else name} for name in rows.columns}
    found = widths.fitted(config, rows, arranged(rows), phone=phone)
    assert {name: found[name]["width"] for name in expected} == expected


def test_a_short_name_keeps_its_own_width() -> None:
    rows = pl.DataFrame({"region_id": ["N"], "region": ["North"], "net_sales": [2.0]})
    config = {name: configured(rows[name]) for name in rows.columns}
    assert widths.fitted(config, rows, arranged(rows), phone=True) == config


def test_names_that_stay_in_sight_are_whole_but_on_a_phone_leave_room_for_a_figure() -> None:
    names = pl.Series(["Bar", "Distribuidora Hermanos Izquierdo"])
    assert [widths.of_names(names, "Account", phone=phone) for phone in (False, True)] == [228, widths.PHONE_NAME]
    assert widths.of_names(names.head(1), "Account", phone=True) == 64


def test_a_zero_is_shown_without_a_sign() -> None:
    assert [str(shown) for shown in tables._rounded(pl.DataFrame({"net_sales": [-0.2, 3.4]}))["net_sales"]] == ["0.0", "3.0"]


def test_who_wrote_a_row_and_when_is_shown_in_words() -> None:
    language.use("en")
    rows = pl.DataFrame({"written_by": ["local", "ana@x.example"], "written_at": ["2026-11-27T03:39:55+00:00", "yesterday"]})
    assert tables._signed(rows).rows() == [("This computer", "27 Nov 2026, 03:39"), ("ana@x.example", "yesterday")]


def test_a_visit_begins_with_all_data_where_no_month_is_complete_yet() -> None:
    assert periods.default(date(2026, 3, 2), date(2026, 3, 20)) == "all"
    assert periods.default(date(2026, 2, 28), date(2026, 3, 20)) == periods.DEFAULT
    assert periods.default(date(2026, 3, 1), date(2026, 3, 31)) == periods.DEFAULT
    assert periods.default(None, date(2026, 3, 20)) == periods.DEFAULT


def test_a_page_may_say_twice_what_it_lacks() -> None:
    def page() -> None:
        from pages.parts import states

        states.empty("No target is set", "Pace measures against targets.", "Import them.")
        states.empty("There is no period to compare with", "Changes need two periods.", "Choose another period.")

    app = AppTest.from_function(page, default_timeout=20).run()
    assert not app.exception
    assert [title.value for title in app.subheader] == ["No target is set", "There is no period to compare with"]
