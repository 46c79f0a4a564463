from io import StringIO

import pytest

from data import language
from data.errors import ImportRefused
from data.imports import rejects, workplace
from data.imports.mapping import Mapping
from data.imports.run import import_files
from tests.data.imports.conftest import ACCOUNTS, HEADER, PRODUCTS, counts, reasons, rows

LINES = "1,2026-03-04,A1,P1,2,10.00\n2,2026-04-04,A2,P1,1,5.00\n"


def totals(store):
    return rows(store, "select count(*), coalesce(sum(net_amount), 0)::double from order_lines")


def test_the_same_files_again_change_nothing(load, store):
    load(LINES)
    again = load(LINES)
    assert again.outcome == "already_loaded"
    assert store.current() == 1
    assert totals(store) == [(2, 15.0)]


def test_a_corrected_file_replaces_its_own_rows(load, store):
    load(LINES)
    corrected = load(LINES.replace("10.00", "11.00").replace("2,2026-04-04,A2,P1,1,5.00\n", ""))
    assert counts(corrected) == (1, 1, 0)
    assert totals(store) == [(1, 11.0)]
    assert rows(store, "select count(*) from sources where table_name = 'transactions'") == [(1,)]
    assert corrected.months.rows() == [
        (corrected.months["month"][0], 10.0, 11.0),
        (corrected.months["month"][1], 5.0, None),
    ]


def test_another_file_adds_rows_and_its_repeated_ids_are_rejected(load, store, write):
    load(LINES)
    more = import_files([write("transactions_april.csv", HEADER + "2,2026-04-04,A2,P1,1,5.00\n3,2026-04-05,A1,P2,1,2.00\n")], store)
    assert reasons(more) == {"duplicate_id": 1}
    assert totals(store) == [(3, 17.0)]
    assert "transactions.csv" in rows(store, "select detail from rejected_rows")[0][0]


def test_a_later_master_updates_the_same_key_and_an_empty_cell_erases_nothing(load, store, write):
    load(LINES)
    import_files([write("customers.csv", "account_id,account,city\nA1,Alfa Nueva,Lima\nA3,Gama,\n")], store)
    import_files([write("customers 2.csv", "account_id,account,city\nA1,Alfa Nueva,\n")], store)
    assert rows(store, "select account_id, account, city from accounts order by 1") == [
        ("A1", "Alfa Nueva", "Lima"),
        ("A2", "Beta", None),
        ("A3", "Gama", None),
    ]


def test_an_account_that_leaves_the_corrected_master_stays_while_lines_refer_to_it(load, store, write):
    load(LINES)
    result = import_files([write("accounts.csv", "account_id,account\nA1,Alfa\n")], store)
    assert rows(store, "select account_id from accounts order by 1") == [("A1",), ("A2",)]
    assert totals(store) == [(2, 15.0)]
    assert "1 row of the table “Accounts” is no longer in the corrected file, but other rows refer to it: it stays." in result.notices


def test_rows_rejected_for_a_missing_account_load_when_it_has_come(load, store, write):
    first = load(LINES + "3,2026-04-05,A3,P1,1,2.00\n")
    assert reasons(first) == {"unknown_account": 1}
    assert load(LINES + "3,2026-04-05,A3,P1,1,2.00\n").outcome == "already_loaded"
    import_files([write("more accounts.csv", "account_id,account\nA3,Gama\n")], store)
    again = load(LINES + "3,2026-04-05,A3,P1,1,2.00\n")
    assert again.outcome == "loaded"
    assert totals(store) == [(3, 17.0)]


def test_members_of_optional_dimensions_are_added_under_their_ids(store, write):
    files = [
        write("accounts.csv", "account_id,account,region_id,parent_account_id\nA1,Alfa,North,Z9\n"),
        write("products.csv", PRODUCTS),
        write("transactions.csv", HEADER.strip() + ",salesperson_id,promotion_id\n1,2026-03-04,A1,P1,2,10.00,S1,X1\n"),
    ]
    result = import_files(files, store)
    assert rows(store, "select region from regions") == [("North",)]
    assert rows(store, "select salesperson from salespeople") == [("S1",)]
    assert rows(store, "select programme from programmes") == [("X1",)]
    assert rows(store, "select parent_account_id from accounts") == [("Z9",)]
    assert len(result.notices) == 4
    assert "1 id of the table “Regions” is named, but no file lists it; it is added under its id: North" in result.notices
    import_files([write("regions.csv", "region_id,region\nNorth,The North\n")], store)
    assert rows(store, "select region from regions") == [("The North",)]


def test_a_notice_names_its_table_in_the_readers_language(store, write):
    language.use("es")
    files = [write("accounts.csv", "account_id,account,region_id\nA1,Alfa,North\n"), write("transactions.csv", HEADER + "1,2026-03-04,A1,P1,2,10.00\n")]
    assert import_files(files, store).notices == (
        "Ningún archivo trae la lista de Productos: se toman de las líneas, uno por código, hasta que llegue una lista. Desde entonces se rechaza el código que ninguna lista conozca.",
        "1 identificador de la tabla «Regiones» aparece en los datos, pero ningún archivo lo incluye; se añade con su identificador: North",
    )


def test_files_may_come_one_at_a_time(store, write):
    for name, content in (("accounts.csv", ACCOUNTS), ("products.csv", PRODUCTS), ("transactions.csv", HEADER + LINES)):
        import_files([write(name, content)], store)
    assert totals(store) == [(2, 15.0)]


def test_a_refusal_leaves_the_store_as_it_was(load, store, write):
    import pytest

    from data.errors import ImportRefused

    load(LINES)
    with pytest.raises(ImportRefused):
        import_files([write("transactions.csv", "nothing,of,this\n1,2,3\n")], store)
    assert store.current() == 1
    assert not list(store.work_folder.glob("import-*"))


TILL = Mapping.from_toml(
    """sender = "Till"
[[tables]]
table = "transactions"
file = "till_*.csv"
[tables.columns]
transaction_id = "no"
sold_on = "day"
account_id = "who"
product_id = "what"
quantity = "n"
net_amount = "sum"
""",
    "till",
)


def test_files_that_a_mapping_does_not_name_speak_by_their_own_headings(store, write):
    till = write("till_march.csv", "no,day,who,what,n,sum\n1,2026-03-04,A1,P1,2,10.00\n")
    loaded = import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), till], store, TILL)
    assert loaded.outcome == "loaded"
    assert totals(store) == [(1, 10.0)]


def test_mended_rejects_are_read_by_their_columns_whatever_the_file_is_called(store, write):
    till = write("till_march.csv", "no,day,who,what,n,sum\n1,2026-03-04,A1,P1,2,10.00\n2,2026-03-04,A9,P1,1,7.00\n")
    import_files([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), till], store, TILL)
    download = StringIO()
    rejects.write(store, download, "transactions")
    mended = import_files([write("mended.csv", download.getvalue().replace("A9", "A2"))], store, TILL)
    assert counts(mended) == (1, 1, 0)
    assert totals(store) == [(2, 17.0)]


def test_what_a_killed_import_left_is_cleared_by_the_next(load, store):
    left = store.work_folder / "import-killed"
    left.mkdir()
    (left / "work.duckdb").write_bytes(b"half")
    store.generations_folder.mkdir()
    (store.generations_folder / "000001.77.building").write_bytes(b"half")
    load("1,2026-03-04,A1,P1,2,10.00\n")
    assert not list(store.work_folder.glob("import-*/"))
    assert not list(store.generations_folder.glob("*.building*"))


def test_nothing_is_undone_while_an_import_builds_on_it(load, store):
    load("1,2026-03-04,A1,P1,2,10.00\n")
    with workplace.alone(store), pytest.raises(ImportRefused, match="Another import is running"):
        workplace.undo(store)
    assert store.current() == 1
    assert workplace.undo(store) is None
