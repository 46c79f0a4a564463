"""An import of which every row is rejected publishes nothing; its rows wait with their reasons, ready to be mended."""

import io

import polars as pl
import pytest

from data.__main__ import main
from data.imports import rejects
from data.imports.run import import_files, preview
from data.journal import Journal
from tests.data.imports.conftest import ACCOUNTS, HEADER, PRODUCTS, rows

BAD = "1,2026-02-31,A9,P1,2,10.50\n2,2026-02-30,A1,P1,1,5.25\n"
GOOD = "1,2026-03-04,A1,P1,2,10.50\n"


def waiting(store) -> list[str]:
    """The lines of the download of rejected rows, without the heading."""
    out = io.StringIO()
    rejects.write(store, out)
    return out.getvalue().splitlines()[1:]


@pytest.fixture
def bad(write):
    return write("transactions.csv", HEADER + BAD)


def test_nothing_is_published_and_the_rows_are_kept(bad, store):
    result = import_files([bad], store)
    assert (result.outcome, result.is_all_rejected, result.rows_in, result.rows_rejected) == ("refused", True, 2, 2)
    assert {code: n for _table, code, n in result.reasons} == {"impossible_date": 2}
    assert store.current() is None
    assert [line[:27] for line in waiting(store)] == ["1,2026-02-31,A9,P1,2,10.50,", "2,2026-02-30,A1,P1,1,5.25,t"]


def test_a_corrected_file_of_bad_rows_leaves_the_good_ones(load, store, bad):
    load(GOOD)
    bad.write_text(HEADER + BAD.replace("A1,", "A8,"))
    assert import_files([bad], store).outcome == "refused"
    assert (store.current(), rows(store, "select net_amount::double from transactions")) == (1, [(10.5,)])
    assert len(waiting(store)) == 2


def test_the_next_import_that_is_published_ends_the_wait(load, store, bad):
    import_files([bad], store)
    load(GOOD)
    assert waiting(store) == []


def test_one_good_row_is_enough_to_publish(load, store):
    assert load(GOOD + BAD.replace("1,2026", "3,2026")).outcome == "loaded"
    assert len(waiting(store)) == 2


def test_the_shell_says_so_with_the_code_of_a_refusal_and_hands_the_rows_out(bad, store, tmp_path, capsys):
    assert main(["import", str(bad), "--store", str(store.root)]) == 2
    assert "Nothing was imported: every row was rejected. The store is as it was." in capsys.readouterr().out
    assert main(["rejects", "-o", str(tmp_path / "rejected.csv"), "--store", str(store.root)]) == 0
    assert pl.read_csv(tmp_path / "rejected.csv")["account_id"].to_list() == ["A9", "A1"]
    assert [(entry["outcome"], entry["summary"]["rows_rejected"]) for entry in Journal(store.journal_path).imports()] == [("refused", 2)]


def test_a_preview_hands_out_what_would_be_rejected(write, store, bad):
    found = preview([write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), bad], store)
    out = io.StringIO()
    assert rejects.write_frame(found.rejected, out) == 2
    assert "2,2026-02-30,A1,P1,1,5.25,transactions.csv,3,transactions" in out.getvalue()
    assert store.current() is None
