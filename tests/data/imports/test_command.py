import json

import pytest

from data.__main__ import main
from data.journal import Journal
from tests.data.imports.conftest import ACCOUNTS, HEADER, PRODUCTS


@pytest.fixture
def folder(write):
    def make(lines):
        write("accounts.csv", ACCOUNTS)
        write("products.csv", PRODUCTS)
        return str(write("transactions.csv", HEADER + lines).parent)

    return make


def run(*arguments):
    return main([str(argument) for argument in arguments])


def test_the_exit_code_says_loaded_repeated_rejected_or_refused(folder, store, capsys):
    good = "1,2026-03-04,A1,P1,2,10.00\n"
    assert run("import", folder(good), "--store", store.root) == 0
    assert run("import", folder(good), "--store", store.root) == 0
    assert "Already loaded" in capsys.readouterr().out
    assert run("import", folder(good + "2,2026-03-04,A9,P1,2,10.00\n"), "--store", store.root) == 3
    out = capsys.readouterr().out
    assert "2 rows in = 1 loaded + 1 rejected" in out
    assert "unknown_account" in out
    assert run("import", folder("1,03/04/2026,A1,P1,2,10.00\n"), "--store", store.root) == 2
    assert "DD/MM/YYYY" in capsys.readouterr().out
    assert run("import", "nowhere.csv", "--store", store.root) == 2


def test_rejected_rows_are_written_to_a_file(folder, store, tmp_path):
    run("import", folder("2,2026-03-04,A9,P1,2,10.00\n"), "--store", store.root)
    target = tmp_path / "rejected.csv"
    assert run("rejects", "-o", target, "--store", store.root) == 0
    assert "A9" in target.read_text(encoding="utf-8-sig")


def test_steps_are_one_json_object_per_line(folder, store, capsys):
    run("import", folder("1,2026-03-04,A1,P1,2,10.00\n"), "--store", store.root, "--progress-json")
    steps = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    fractions = [step["fraction"] for step in steps if step["step"] == "progress"]
    assert fractions == sorted(fractions)
    assert steps[-1]["step"] == "result"
    assert steps[-1]["rows_loaded"] == 5


def test_a_mapping_saved_under_the_senders_name_reads_the_next_file(write, store):
    toml = """
name = "till"
[formats]
"Tag" = "DD/MM/YYYY"
[[tables]]
table = "transactions"
file = "till*"
[tables.columns]
transaction_id = "No"
sold_on = "Tag"
account_id = "Cust"
product_id = "Art"
quantity = "Qty"
net_amount = "Sum"
"""
    assert run("import", write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), "--store", store.root) == 0
    Journal(store.journal_path).save_mapping("Bar Sol", "till", toml, by="local")
    file = write("till-march.csv", "No,Tag,Cust,Art,Qty,Sum\n1,03/04/2026,A1,P1,2,10.00\n")
    assert run("import", file, "--sender", "Bar Sol", "--store", store.root) == 0
    assert str(store.reader().as_of) == "2026-04-03"


def test_a_lead_without_regions_is_refused(store, capsys):
    assert main(["user", "ana@example.com", "--role", "lead", "--store", str(store.root)]) == 2
    assert "would see the whole company" in capsys.readouterr().err
    assert main(["user", "ana@example.com", "--role", "executive", "--store", str(store.root)]) == 0


@pytest.mark.parametrize(("answer", "said"), [("foo", "COLUMN=FORMAT"), ("sold_on=", "COLUMN=FORMAT"), ("nosuch=DD/MM/YYYY", "sold_on")])
def test_an_answer_that_answers_nothing_is_refused_with_what_exists(folder, store, capsys, answer, said):
    assert run("import", folder("1,2026-03-04,A1,P1,2,10.00\n"), "--answer", answer, "--store", store.root) == 2
    assert said in capsys.readouterr().err
    assert store.current() is None


def test_an_answer_by_a_heading_of_the_file_is_taken(folder, store):
    assert run("import", folder("1,03/04/2026,A1,P1,2,10.00\n"), "--answer", "sold_on=DD/MM/YYYY", "--store", store.root) == 0
    assert str(store.reader().as_of) == "2026-04-03"


def test_a_user_without_an_address_is_refused(store, capsys):
    assert main(["user", "notanemail", "--role", "executive", "--store", str(store.root)]) == 2
    assert "not an e-mail address" in capsys.readouterr().err
    assert "notanemail" not in [viewer.email for viewer in Journal(store.journal_path).users()]
