import csv
import io
from datetime import date

import pytest

from data.imports import check, rejects
from tests.data.imports.conftest import counts, reasons, rows

GOOD = "1,2026-03-04,A1,P1,2,10.00\n"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2,2026-03-04,,P1,1,5.00\n", "missing_value"),
        ("2,,A1,P1,1,5.00\n", "missing_value"),
        ("2,2026-02-31,A1,P1,1,5.00\n", "impossible_date"),
        ("2,1899-12-31,A1,P1,1,5.00\n", "impossible_date"),
        ("2,2101-01-01,A1,P1,1,5.00\n", "impossible_date"),
        ("2,2099-12-31,A1,P1,1,5.00\n", "future_date"),
        ("2,2026-03-04,A1,P1,1,1000000000000.00\n", "out_of_range"),
        ("2,2026-03-04,A1,P1,1,-1000000000000.00\n", "out_of_range"),
        ("2,2026-03-04,A1,P1,1000000000000,1.00\n", "out_of_range"),
        ("2,yesterday,A1,P1,1,5.00\n", "not_a_date"),
        ("2,2026-03-04,A1,P1,many,5.00\n", "not_a_number"),
        ("2,2026-03-04,A1,P1,1,12 abc\n", "not_a_number"),
        ("2,2026-03-04,A1,P1,1,123456789012345.00\n", "out_of_range"),
        ("2,2026-03-04,A9,P1,1,5.00\n", "unknown_account"),
        ("2,2026-03-04,A1,P9,1,5.00\n", "unknown_product"),
        ("1,2026-03-05,A1,P1,1,5.00\n", "duplicate_id"),
        ("2,2026-03-04,A1\n", "malformed_row"),
        ("2,2026-03-04,A1,P1,1,5.00,extra\n", "malformed_row"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason_and_the_good_one_is_loaded(load, store, line, code):
    result = load(GOOD + line)
    assert reasons(result) == {code: 1}
    assert counts(result) == (2, 1, 1)
    assert rows(store, "select sum(net_amount)::double from order_lines") == [(10.0,)]


def test_a_row_with_two_reasons_is_one_rejected_row(load):
    result = load(GOOD + "2,2026-02-31,A9,P1,1,5.00\n")
    assert reasons(result) == {"impossible_date": 1, "unknown_account": 1}
    assert counts(result) == (2, 1, 1)


def test_a_value_outside_of_its_range_and_an_unknown_choice_are_rejected(load, write, store):
    from data.imports.run import import_files

    header = "account_id,account,kind,reference_value\n"
    file = write("accounts.csv", header + "A1,Alfa,Distributor,100\nA2,Beta,outlet,101\nA3,Gama,friend,5\n", "second")
    result = import_files([file], store)
    assert reasons(result, "accounts") == {"out_of_range": 1, "unknown_choice": 1}
    assert rows(store, "select account_id, kind from accounts") == [("A1", "distributor")]


def test_an_account_that_was_rejected_is_unknown_to_its_lines(load, write, store):
    from data.imports.run import import_files

    files = [
        write("accounts.csv", "account_id,account\nA1,\nA2,Beta\n"),
        write("products.csv", "product_id,product\nP1,Lager\n"),
        write("transactions.csv", "transaction_id,sold_on,account_id,product_id,quantity,net_amount\n" + GOOD),
    ]
    assert reasons(import_files(files, store)) == {"unknown_account": 1}


def test_a_stage_of_an_unknown_deal_is_rejected_and_a_target_without_any_value_too(write, store):
    from data.imports.run import import_files

    result = import_files(
        [
            write("opportunities.csv", "opportunity_id,created_on\nO1,2026-01-02\n"),
            write("stage_events.csv", "opportunity_id,stage,entered_on\nO1,lead,2026-01-02\nO2,lead,2026-01-02\n"),
            write("targets.csv", "month,amount,quantity\n2026-03,100,\n2026-04,,\n"),
        ],
        store,
    )
    assert reasons(result, "stage_events") == {"unknown_opportunity": 1}
    assert reasons(result, "targets") == {"missing_value": 1}


def test_the_row_number_is_the_one_that_a_spreadsheet_shows(load, store):
    lines = '1,2026-03-04,"A1",P1,2,10.00\n\n2,2026-03-04,A1\n3,2026-03-04,"A\n1",P1,1,1.00\n4,2026-03-04,A1,P1,x,1.00\n'
    load(lines)
    assert rows(store, "select row_number, reasons from rejected_rows order by 1") == [
        (4, ["malformed_row"]),
        (5, ["unknown_account"]),
        (6, ["not_a_number"]),
    ]


def test_a_rejected_row_is_kept_whole_and_downloads_without_formulas(load, store):
    load(GOOD + "2,2026-03-04,=cmd(),P1,-3,-5.00\n")
    out = io.StringIO()
    assert rejects.write(store, out) == 1
    (line,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert line["account_id"] == "'=cmd()"
    assert line["net_amount"] == "-5.00"
    assert line["row"] == "3"
    assert "account" in line["reasons"]


def test_equal_rows_without_identity_are_rows(store, write):
    from data.imports.mapping import Mapping
    from data.imports.run import import_files

    mapping = Mapping.from_toml(
        """
        [[tables]]
        table = "accounts"
        distinct = true
        [tables.columns]
        account_id = "who"
        account = "who"
        [[tables]]
        table = "products"
        distinct = true
        [tables.columns]
        product_id = "what"
        product = "what"
        [[tables]]
        table = "transactions"
        [tables.columns]
        transaction_id = { row_id = true }
        sold_on = "day"
        account_id = "who"
        product_id = "what"
        quantity = "n"
        net_amount = { multiply = ["n", "price"] }
        """
    )
    file = write("lines.csv", "day,who,what,n,price\n" + "2026-01-02,A,P,3,1.10\n" * 2 + "2026-01-02,,P,1,1.00\n")
    result = import_files([file], store, mapping)
    assert counts(result) == (3, 2, 1)
    assert rows(store, "select transaction_id, net_amount::double from order_lines order by 1") == [("lines:2", 3.3), ("lines:3", 3.3)]


def test_a_day_within_a_month_of_the_import_is_loaded_and_the_day_after_is_not(load):
    result = load(GOOD + "2,2027-01-31,A1,P1,1,5.00\n3,2027-02-01,A1,P1,1,5.00\n")
    assert reasons(result) == {"future_date": 1}
    assert counts(result) == (3, 2, 1)


def test_only_days_of_facts_must_not_lie_ahead(write, store):
    from data.imports.run import import_files

    files = [
        write("accounts.csv", "account_id,account\nA1,Alfa\n"),
        write("activities.csv", "activity_id,happened_on,planned_on\n1,2099-01-01,\n2,2026-03-04,2099-01-01\n"),
        write("opportunities.csv", "opportunity_id,created_on,expected_close_on\nO1,2026-01-02,2099-01-01\n"),
        write("stage_events.csv", "opportunity_id,stage,entered_on\nO1,lead,2026-01-02\nO1,won,2099-01-02\n"),
        write("targets.csv", "month,amount\n2099-03,100\n"),
    ]
    assert import_files(files, store).reasons == (("activities", "future_date", 1), ("stage_events", "future_date", 1))


def test_what_a_deal_or_a_prospect_has_still_before_it_does_not_move_the_day_of_the_pipeline(write, store):
    """The import is of 31 December 2026: a clock that is a day ahead is believed, a move planned for the week after has not happened."""
    from data.imports.run import import_files

    files = [
        write("accounts.csv", "account_id,account\nA1,Alfa\n"),
        write("opportunities.csv", "opportunity_id,created_on,expected_close_on\nO1,2026-12-01,2027-01-20\nO2,2027-01-02,\n"),
        write("stage_events.csv", "opportunity_id,stage,entered_on\nO1,lead,2026-12-01\nO1,offer,2027-01-01\nO1,won,2027-01-07\n"),
        write("prospect_scores.csv", "account_id,indicator,score,scored_on\nA1,growth,50,2027-01-01\nA1,growth,60,2027-01-02\n"),
        write("wallet.csv", "account_id,month,amount\nA1,2027-01,5\nA1,2027-02,5\n"),
    ]
    assert import_files(files, store).reasons == tuple((table, "future_date", 1) for table in ("opportunities", "prospect_scores", "stage_events", "wallet"))
    assert rows(store, "select max(entered_on)::varchar, max(last_stage) from stage_spells") == [("2027-01-01", "offer")]


def test_the_largest_amounts_of_a_month_add_up(load, store):
    load("".join(f"{n},2026-03-04,A1,P1,1,999999999999.00\n" for n in (1, 2)))
    assert rows(store, "select net_amount::varchar from account_month") == [("1999999999998.0000",)]


def test_amounts_that_add_up_to_more_than_the_store_holds_are_refused_in_words(load, store):
    from data.errors import ImportRefused

    with pytest.raises(ImportRefused, match="add up to too much"):
        load("".join(f"{n},2026-03-04,A1,P1,1,999999999999.00\n" for n in range(101)))
    assert store.current() is None


def test_a_row_rejected_for_its_future_day_is_loaded_by_the_same_file_once_the_day_has_come(load, monkeypatch):
    lines = GOOD + "2,2027-03-04,A1,P1,1,5.00\n"
    assert counts(load(lines)) == (2, 1, 1)
    assert load(lines).outcome == "already_loaded"
    monkeypatch.setattr(check, "import_day", lambda: date(2027, 3, 4))
    assert counts(load(lines)) == (2, 2, 0)
