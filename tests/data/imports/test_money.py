"""The store's money is what the files say, where they say it; nothing is guessed, nothing converted."""

import pytest

from data import language
from data.errors import BadRequest, ImportRefused
from data.imports import money
from data.imports.mapping import from_dict
from data.imports.run import preview
from data.intake import job, worker
from data.journal import Journal
from tests.data.imports.conftest import ACCOUNTS, HEADER, PRODUCTS, rows

LINE = "1,2026-03-04,A1,P1,2,{amount}\n"


def said(result) -> list[str]:
    return [notice for notice in result.notices if "amounts" in notice]


@pytest.mark.parametrize(("amount", "code"), [("R$ 10.50", "BRL"), ("CHF 10.50", "CHF"), ("10.50 €", "EUR"), ("USD 10.50", "USD")])
def test_a_sign_that_one_currency_has_tells_it(load, amount, code):
    result = load(LINE.format(amount=amount))
    assert (result.currency, said(result)) == (code, [f"The amounts are in {code}: the store shows its money so, until Settings say another."])


def test_a_sign_of_several_currencies_tells_none_and_the_import_says_so(load):
    result = load(LINE.format(amount="$10.50"))
    assert result.currency == ""
    assert said(result) == ["The amounts carry “$”, as several currencies do: the store shows EUR until you choose yours in Settings."]


def test_a_column_of_currency_codes_beside_the_lines_tells_it(load):
    result = load("1,2026-03-04,A1,P1,2,10.50,MXN\n", header=HEADER.strip() + ",Mon.\n")
    assert result.currency == "MXN"


def test_lines_in_two_currencies_are_added_and_the_import_says_so(load, store):
    result = load("1,2026-03-04,A1,P1,2,10,MXN\n2,2026-03-04,A1,P1,2,20,USD\n", header=HEADER.strip() + ",Mon.\n")
    assert said(result) == ["The files name several currencies (MXN, USD): their amounts are added as they are."]
    assert rows(store, "select sum(net_amount)::double from transactions") == [(30.0,)]


def test_files_in_another_currency_than_the_stores_are_told(load, store):
    money.keep(Journal(store.journal_path), "EUR", "ana@example.com")
    assert said(load(LINE.format(amount="$10.50"))) == ["The amounts are in “$”, the store's money is EUR: nothing was converted."]
    assert said(load(LINE.format(amount="CHF 10.50"))) == ["The amounts are in CHF, the store's money is EUR: nothing was converted."]


def test_a_dollar_sign_fits_a_store_in_pesos(load, store):
    money.keep(Journal(store.journal_path), "MXN", "ana@example.com")
    assert not said(load(LINE.format(amount="$10.50")))


def test_the_preview_says_it_before_anything_changes(write, store):
    paths = [write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), write("transactions.csv", HEADER + LINE.format(amount="R$ 1.5"))]
    assert said(preview(paths, store))
    assert "currency" not in Journal(store.journal_path).settings()


def test_an_import_from_the_page_keeps_the_currency_where_the_store_has_none(write, store, tmp_path):
    paths = [write("accounts.csv", ACCOUNTS), write("products.csv", PRODUCTS), write("transactions.csv", HEADER + LINE.format(amount="R$ 1.5"))]
    request = job.Request("load", tuple(map(str, paths)), str(store.root), "ana@example.com", "en")
    request.write(tmp_path)
    worker.main(tmp_path)
    assert Journal(store.journal_path).setting_values()["currency"] == "BRL"


def test_a_currency_chosen_before_stays(load, store):
    journal = Journal(store.journal_path)
    money.keep(journal, "EUR", "ana@example.com")
    money.keep(journal, "BRL", "ana@example.com")
    assert journal.setting_values()["currency"] == "EUR"


@pytest.mark.parametrize(("written", "code"), [("usd", "USD"), (" Chf ", "CHF"), ("£", "GBP"), ("s/.", "PEN"), ("us$", "USD")])
def test_a_currency_is_known_by_its_code_or_by_its_own_sign(written, code):
    assert money.checked(written) == code


def test_a_sign_of_several_currencies_is_refused_with_their_codes():
    with pytest.raises(BadRequest) as refused:
        money.checked("¥")
    assert refused.value.message == "“¥” is the sign of several currencies: CNY, JPY. Nothing was changed."


@pytest.mark.parametrize("written", ["EURO", "XYZ", "<b>", "", "US", "978"])
def test_what_is_no_currency_is_refused_in_the_readers_language(written):
    language.use("es")
    with pytest.raises(BadRequest) as refused:
        money.checked(written)
    assert refused.value.message == f"«{written}» no es un código ISO 4217 ni el signo de una sola moneda. No se ha cambiado nada."


@pytest.mark.parametrize(("written", "code"), [("usd", "USD"), ("€", "EUR"), ("", "")])
def test_a_mappings_currency_is_read_as_settings_read_it(written, code):
    assert from_dict({"currency": written}).currency == code


def test_a_mapping_with_an_unknown_currency_is_refused():
    with pytest.raises(ImportRefused, match="“EURO” is no currency; write its ISO 4217 code, such as EUR"):
        from_dict({"currency": "EURO"})
