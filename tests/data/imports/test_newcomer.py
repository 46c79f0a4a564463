"""Companies that nobody here knew: lines alone, credit notes as documents of their own, French and Portuguese headings, refusals that can be read."""

import errno

import pytest

from data.contract import TABLES
from data.errors import ImportRefused
from data.imports import matching, run
from data.imports.mapping import from_dict
from data.imports.run import import_files
from tests.data.imports.conftest import ACCOUNTS, PRODUCTS, counts, reasons, rows

LINES = "transaction_id,sold_on,account_id,product_id,quantity,net_amount"
BILLS = "account_id,account\nA1,Alfa\n", "product_id,product\nP1,Lager\n"


def test_lines_alone_bring_their_accounts_and_products(write, store):
    sales = write("sales.csv", f"{LINES},Customer name,Region,Category\n1,2026-03-04,A1,P1,2,10.50,Alfa,North,Beer\n2,2026-03-05,A2,P1,1,5.25,,South,Beer\n")
    result = import_files([sales], store)
    assert counts(result) == (2, 2, 0)
    assert rows(store, "select account_id, account, region_id from accounts order by 1") == [("A1", "Alfa", "North"), ("A2", "A2", "South")]
    assert rows(store, "select product_id, product, category from products") == [("P1", "P1", "Beer")]
    assert [notice for notice in result.notices if notice.startswith("No file lists Accounts, Products: ")]


def test_next_months_lines_bring_their_new_accounts_too(write, store):
    import_files([write("sales_1.csv", f"{LINES}\n1,2026-03-04,A1,P1,2,10.50\n")], store)
    result = import_files([write("sales_2.csv", f"{LINES}\n2,2026-04-04,A9,P1,2,10.50\n")], store)
    assert counts(result) == (1, 1, 0)
    assert rows(store, "select account_id from accounts order by 1") == [("A1",), ("A9",)]


def test_the_same_lines_again_change_nothing(write, store):
    sales = write("sales.csv", f"{LINES}\n1,2026-03-04,A1,P1,2,10.50\n")
    import_files([sales], store)
    assert import_files([sales], store).outcome == "already_loaded"


def test_once_a_list_has_come_an_unknown_id_is_an_error(write, store):
    import_files([write("sales_1.csv", f"{LINES}\n1,2026-03-04,A1,P1,2,10.50\n")], store)
    import_files([write("accounts.csv", ACCOUNTS)], store)
    result = import_files([write("sales_2.csv", f"{LINES}\n2,2026-04-04,A9,P9,2,10.50\n3,2026-04-04,A2,P9,2,4\n")], store)
    assert (counts(result), reasons(result)) == ((2, 1, 1), {"unknown_account": 1})
    assert rows(store, "select account from accounts order by 1") == [("Alfa",), ("Beta",)]


def test_lines_beside_a_list_are_checked_against_it(write, store):
    result = import_files([write("accounts.csv", ACCOUNTS), write("sales.csv", f"{LINES}\n1,2026-03-04,A9,P1,2,10.50\n2,2026-03-04,A1,P1,1,5\n")], store)
    assert (counts(result), reasons(result)) == ((2, 1, 1), {"unknown_account": 1})


def _bills(write, line_of_a_return: str):
    lines = f"{LINES},Tipo\n1,2026-03-04,A1,P1,2,10.50,FT\n{line_of_a_return}\n"
    return [write("accounts.csv", BILLS[0]), write("products.csv", BILLS[1]), write("transactions.csv", lines)]


def test_credit_notes_without_a_minus_are_told(write, store):
    notices = import_files(_bills(write, "2,2026-03-05,A1,P1,1,5.25,NC"), store).notices
    assert [notice for notice in notices if "“Tipo”: 1 lines say “NC”" in notice]


def test_credit_notes_with_a_minus_are_returns_already(write, store):
    notices = import_files(_bills(write, "2,2026-03-05,A1,P1,-1,-5.25,NC"), store).notices
    assert not [notice for notice in notices if "“NC”" in notice]


def test_a_mapping_takes_credit_notes_off(write, store):
    sales = {column: column for column in LINES.split(",")}
    returns = sales | {column: {"multiply": [column, -1]} for column in ("quantity", "net_amount")}
    mapping = from_dict(
        {
            "name": "bills",
            "tables": [
                {"table": "transactions", "except": {"Tipo": ["NC"]}, "columns": sales},
                {"table": "transactions", "where": {"Tipo": ["NC"]}, "columns": returns},
            ],
        }
    )
    result = import_files(_bills(write, "2,2026-03-05,A1,P1,1,5.25,NC"), store, mapping)
    assert rows(store, "select sum(quantity)::double, sum(net_amount)::double from transactions") == [(1.0, 5.25)]
    assert not [notice for notice in result.notices if "“NC”" in notice]


@pytest.mark.parametrize(
    ("table", "headings"),
    [
        ("accounts", {"account_id": "N.º Cliente", "account": "Designação", "region_id": "Zona", "city": "Localidade"}),
        ("products", {"product_id": "Référence", "product": "Libellé", "category": "Famille", "unit_cost": "Prix d'achat"}),
        ("products", {"product_id": "Item No", "product": "Description", "category": "Product group"}),
        (
            "transactions",
            {
                "order_id": "N.º documento",
                "sold_on": "Data doc.",
                "account_id": "N° client",
                "product_id": "Réf. article",
                "quantity": "Qté",
                "net_amount": "Montant HT",
            },
        ),
    ],
)
def test_portuguese_and_french_headings_are_known(table, headings):
    assert matching.match_table(TABLES[table], list(headings.values())).columns == headings


def test_files_with_the_same_unknown_headings_are_refused_once(write, store):
    files = [write(f"sales_{n}.csv", f"Foo,Menge\n{n},2\n") for n in (1, 2, 3)]
    with pytest.raises(ImportRefused) as refused:
        import_files([*files, write("accounts.csv", "Bar,Name\n1,2\n")], store)
    assert refused.value.message.count("sales_") == 1
    assert refused.value.message.split("\n")[0].endswith("2 more files have the same headings.")
    assert len(refused.value.message.split("\n")) == 2


def test_a_file_whose_headings_fit_but_are_few_is_told_to_take_its_tables_name(write, store):
    with pytest.raises(ImportRefused, match="These 2 of its 5 headings do not tell the table for sure: name the file after its table"):
        import_files([write("export.csv", "region_code,Name,x,y,z\n1,2,3,4,5\n")], store)


def test_choices_are_read_in_german(write, store):
    kinds = "\n".join(f"{n},2026-03-0{n},{kind}" for n, kind in enumerate(("Besuch", "Anruf", "E-Mail", "Veranstaltung"), 1))
    import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), write("activities.csv", f"activity_id,happened_on,Kind\n{kinds}\n")], store)
    assert rows(store, "select kind from activities order by activity_id") == [("visit",), ("call",), ("message",), ("event",)]


def test_a_file_of_headings_only_publishes_nothing(write, store):
    with pytest.raises(ImportRefused, match="there are headings, but nothing below them"):
        import_files([write("transactions.csv", f"{LINES}\n")], store)
    assert store.current() is None


def test_a_corrected_file_without_rows_takes_no_good_rows_away(write, store):
    import_files([write("accounts.csv", ACCOUNTS)], store)
    with pytest.raises(ImportRefused, match="hold no rows"):
        import_files([write("accounts.csv", "account_id,account\n", "again")], store)
    assert rows(store, "select count(*) from accounts") == [(2,)]


@pytest.mark.parametrize(("row", "said"), [("", "transactions.csv: there are headings"), ("1,2026-03-04,A9,P1,2,10.50\n", "transactions.csv: every row is rejected")])
def test_nor_does_one_that_comes_with_a_good_file(write, store, row, said):
    good = "1,2026-03-04,A1,P1,2,10.50\n"
    import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), write("transactions.csv", f"{LINES}\n{good}")], store)
    with pytest.raises(ImportRefused, match=said):
        import_files([write("transactions.csv", f"{LINES}\n{row}", "again"), write("more_transactions.csv", f"{LINES}\n{good.replace('1', '2', 1)}")], store)
    assert rows(store, "select count(*) from transactions") == [(1,)]


def test_a_new_file_of_headings_only_may_come_with_a_good_one(write, store):
    assert import_files([write("accounts.csv", ACCOUNTS), write("products.csv", "product_id,product\n")], store).outcome == "loaded"


def test_a_file_on_its_side_is_refused_at_once(write, store):
    wide = ",".join(f"x{n}" for n in range(10_000))
    with pytest.raises(ImportRefused, match="transactions.csv has 10,006 columns; up to 1,000 are read"):
        import_files([write("transactions.csv", f"{LINES},{wide}\n1,2026-03-04,A1,P1,2,10.50{',1' * 10_000}\n")], store)


def test_a_line_that_does_not_fit_is_kept_once_though_the_lines_bring_three_tables(write, store):
    result = import_files([write("sales.csv", f"{LINES}\n1,2026-03-04,A1,P1,2,10.50\n2,2026-03-04,A1\n")], store)
    assert (counts(result), result.reasons) == ((2, 1, 1), (("transactions", "malformed_row", 1),))


def test_columns_in_which_nothing_can_be_read_are_not_said_to_be_read_somehow(load):
    result = load("1,2026-03-04,A1,P1,,10.50\n2,2026-03-05,A1,P1,,10.50\n")
    assert [found.column for found in result.recognised] == ["sold_on", "net_amount"]


@pytest.mark.parametrize(
    ("error", "title"),
    [(OSError(errno.ENOSPC, "No space left on device"), "The disk is full"), (OSError(errno.EROFS, "Read-only file system"), "The store cannot be written")],
)
def test_a_disk_that_takes_nothing_is_told_and_the_store_stays(load, store, write, monkeypatch, error, title):
    load("1,2026-03-04,A1,P1,2,10.50\n")

    def fail(*_given) -> int:
        raise error

    monkeypatch.setattr(run, "build_generation", fail)
    with pytest.raises(ImportRefused, match=title):
        import_files([write("more.csv", f"{LINES}\n2,2026-03-04,A1,P1,2,10.50\n").rename(write("transactions_2.csv", ""))], store)
    assert rows(store, "select count(*) from transactions") == [(1,)]
