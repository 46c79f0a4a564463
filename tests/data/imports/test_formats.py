import datetime
from decimal import Decimal

import duckdb
import pytest

from data.errors import ImportRefused
from data.imports import formats
from data.imports.result import Question
from data.imports.run import import_files
from tests.data.imports.conftest import HEADER, counts, reasons, rows


def recognise(kind, values, word=None):
    """The format of a column and what it makes of each value, or the question."""
    con = duckdb.connect()
    con.execute("create table v as select value, count(*) as n from (select unnest($1::varchar[]) as value) group by 1", [list(values)])
    found = formats.recognise(con, "v", kind, word, "file.csv", "column")
    if isinstance(found, Question):
        return found
    query = f"select value, {found.sql('value', kind)} from v"
    return found.shown, dict(con.execute(query).fetchall())


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("values", "shown", "first"),
    [
        (["2026-03-04", "2026-02-30"], "YYYY-MM-DD", "2026-03-04"),
        (["2026-03-04T23:59:59Z"], "YYYY-MM-DD", "2026-03-04"),
        (["2026/3/4"], "YYYY-MM-DD", "2026-03-04"),
        (["04/03/2026", "13/03/2026"], "DD/MM/YYYY", "2026-03-04"),
        (["3/4/2026 8:26", "3/14/2026 8:26"], "MM/DD/YYYY", "2026-03-04"),
        (["04.03.2026", "31.03.2026"], "DD.MM.YYYY", "2026-03-04"),
        (["04-03-2026", "31-03-2026"], "DD-MM-YYYY", "2026-03-04"),
        (["20260304", "20260305"], "YYYYMMDD", "2026-03-04"),
        (["4 Mar 2026"], "D Mon YYYY", "2026-03-04"),
        (["4-mar-2026", "5-ene-2026"], "D Mon YYYY", "2026-03-04"),
        (["4 de marzo de 2026"], "D Mon YYYY", "2026-03-04"),
        (["March 4, 2026"], "Mon D, YYYY", "2026-03-04"),
        (["46085"], "EXCEL", "2026-03-04"),
    ],
)
def test_a_column_of_dates_is_recognised(values, shown, first):
    found = recognise("date", values)
    assert found[0] == shown
    assert found[1][values[0]] == day(first)


def test_a_day_that_does_not_exist_is_no_date():
    assert recognise("date", ["31/02/2026", "28/02/2026"])[1]["31/02/2026"] is None


@pytest.mark.parametrize("value", ["2026-03", "2026-03-31", "03/2026", "mar 2026", "Marzo de 2026", "2026 Mar"])
def test_a_month_is_its_first_day(value):
    assert recognise("month", [value])[1][value] == day("2026-03-01")


@pytest.mark.parametrize("values", [["03/04/2026"], ["03/04/26", "13/04/26"], ["20/04/2026", "04/20/2026"], ["03.04.2026"]])
def test_dates_with_two_readings_ask(values):
    question = recognise("date", values)
    assert isinstance(question, Question)
    assert [reading.format[:5] for reading in question.readings] == ["DD/MM", "MM/DD"]
    assert "column" in question.message


def test_the_word_of_a_mapping_wins():
    assert recognise("date", ["03/04/2026"], "MM/DD/YYYY")[1]["03/04/2026"] == day("2026-03-04")
    assert recognise("date", ["03/04/26"], "dd-mm-yy")[1]["03/04/26"] == day("2026-04-03")
    assert recognise("number", ["1.234"], "1.234,56")[1]["1.234"] == 1234
    assert recognise("number", ["1.234"], "1234.56")[1]["1.234"] == Decimal("1.234")
    with pytest.raises(ImportRefused, match="not known"):
        recognise("date", ["03/04/2026"], "DAY FIRST")


def test_a_single_slip_in_a_long_column_is_an_error_of_its_row_not_a_question():
    values = [f"{n}/01/2026" for n in range(13, 32)] + [f"{n}/03/2026" for n in range(13, 32)] + ["01/31/2026"]
    shown, read = recognise("date", values)
    assert shown == "DD/MM/YYYY"
    assert read["01/31/2026"] is None


@pytest.mark.parametrize(
    ("value", "beside", "expected"),
    [
        ("1234.56", "1", "1234.56"),
        ("1,234.56", "1", "1234.56"),
        ("1.234,56", "1", "1234.56"),
        ("1 234,56", "1", "1234.56"),
        ("1\u00a0234,56", "1", "1234.56"),
        ("1'234.56", "1", "1234.56"),
        ("$18.09", "$1", "18.09"),
        ("18,09 €", "1 €", "18.09"),
        ("EUR 18.09", "1", "18.09"),
        ("S/. 18.09", "S/. 1.50", "18.09"),
        ("3.50-", "1", "-3.5"),
        ("(3.50)", "1", "-3.5"),
        ("-$3.50", "1", "-3.5"),
        ("12.5 %", "1 %", "0.125"),
        ("1.234.567", "1.000.000", "1234567"),
        ("1.234", "0.5", "1.234"),
        ("1.234", "2,5", "1234"),
        ("1,234", "2.5", "1234"),
        ("12 abc", "1", None),
        ("1,23,4", "1", None),
        ("--5", "1", None),
        ("0x10", "1", None),
    ],
)
def test_a_column_of_numbers_is_recognised(value, beside, expected):
    read = recognise("number", [value, beside])[1][value]
    assert read == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize("values", [["1.234"], ["1,234", "5"], ["1.5", "2,5"]])
def test_numbers_with_two_readings_ask(values):
    assert isinstance(recognise("number", values), Question)


def test_two_currencies_in_a_column_are_refused():
    with pytest.raises(ImportRefused, match="two currencies"):
        recognise("money", ["$5", "5 €"])


@pytest.mark.parametrize(("value", "expected"), [("sí", True), ("Yes", True), ("1", True), ("no", False), ("FALSE", False), ("maybe", None)])
def test_flags_speak_english_and_spanish(value, expected):
    assert recognise("flag", [value])[1][value] is expected


def test_an_ambiguous_column_leaves_the_store_untouched_until_it_is_answered(load, store):
    lines = "1,03/04/2026,A1,P1,2,1.50\n2,05/06/2026,A2,P1,2,1.50\n"
    asked = load(lines)
    assert asked.outcome == "refused"
    assert [question.column for question in asked.questions] == ["sold_on"]
    assert store.current() is None
    answered = load(lines, answers={"sold_on": "MM/DD/YYYY"})
    assert counts(answered) == (2, 2, 0)
    assert rows(store, "select min(sold_on)::varchar from transactions") == [("2026-03-04",)]


def test_all_files_of_one_shape_settle_a_format_together(store, write):
    from tests.data.imports.conftest import ACCOUNTS, PRODUCTS

    files = [write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS)]
    files += [write("sales 1.csv", HEADER + "1,03/04/2026,A1,P1,1,1\n"), write("sales 2.csv", HEADER + "2,23/04/2026,A1,P1,1,1\n")]
    assert counts(import_files(files, store)) == (2, 2, 0)
    assert rows(store, "select min(sold_on)::varchar from transactions") == [("2026-04-03",)]


def test_the_result_reports_how_each_column_was_read(load):
    result = load("1,04.03.2026,A1,P1,2,\"1.234,50\"\n2,24.03.2026,A1,P1,2,\"3,00\"\n")
    told = {found.column: (found.format, found.example, found.becomes) for found in result.recognised}
    assert told["sold_on"] == ("DD.MM.YYYY", "04.03.2026", "2026-03-04")
    assert told["net_amount"] == ("1.234,56", "1.234,50", "1234.5")


def test_words_for_no_value_are_missing_in_numbers_and_text_elsewhere(load):
    header = HEADER.strip() + ",cost_amount\n"
    result = load("1,2026-03-04,A1,P1,2,1.00,n/a\n2,2026-03-04,A1,P1,NULL,1.00,0.5\n", header)
    assert reasons(result) == {"missing_value": 1}


def test_identifiers_that_lost_their_shape_to_decimals_are_whole_again(store, write):
    files = [
        write("accounts.csv", "account_id,account\n17850,Alfa\n"),
        write("products.csv", "product_id,product\n007,Lager\n"),
        write("transactions.csv", HEADER + "1,2026-03-04,17850.0,007,1,1\n"),
    ]
    assert counts(import_files(files, store)) == (1, 1, 0)
    assert rows(store, "select product_id from products") == [("007",)]
