"""Choices in the words of the people who write the files."""

import pytest

from data.choice_words import CHOICE_WORDS
from data.contract import TABLES
from data.imports.run import import_files
from tests.data.imports.conftest import ACCOUNTS, rows

CHOICES = [column for table in TABLES.values() for column in table.columns if column.choices]


def test_spanish_choices_are_read_in_any_case_with_or_without_accents(write, store):
    lines = "A1,Alfa,DISTRIBUIDOR\nA2,Beta,Mayorista\nA3,Gama,punto de venta\nA4,Delta,Punto-de-Venta\nA5,Eta,direct\n"
    assert import_files([write("accounts.csv", "account_id,account,tipo\n" + lines)], store).rows_rejected == 0
    assert [kind for (kind,) in rows(store, "select kind from accounts order by account_id")] == ["distributor", "wholesaler", "outlet", "outlet", "direct"]


def test_activities_and_roles_are_read_in_spanish(write, store):
    visits = "activity_id,happened_on,kind\n1,2026-03-04,visita\n2,2026-03-04,Llamada\n3,2026-03-04,reunión\n4,2026-03-04,REUNION\n5,2026-03-04,zumba\n"
    people = "contact_id,account_id,name,role\n1,A1,Eva,Decisor\n2,A1,Ana,guardián\n"
    result = import_files([write("accounts.csv", ACCOUNTS), write("activities.csv", visits), write("contacts.csv", people)], store)
    assert result.reasons == (("activities", "unknown_choice", 1),)
    assert rows(store, "select kind from activities order by activity_id") == [("visit",), ("call",), ("visit",), ("visit",)]


@pytest.mark.parametrize("column", CHOICES, ids=lambda column: f"{column.name}:{column.choices[0]}")
def test_no_word_names_two_choices_of_a_column(column):
    words = [word for choice in column.choices for word in CHOICE_WORDS[choice]]
    assert len(words) == len(set(words))
