"""Lower case is one thing in Python and in the store: what a person names is found."""

import sys

import duckdb
import pytest

from data.lower_case import lowered


@pytest.mark.parametrize(("text", "lower"), [("İstanbul", "istanbul"), ("ΟΔΟΣ", "οδοσ"), ("Straße", "straße"), ("ÉCOLE", "école")])
def test_a_text_is_lowered_letter_by_letter(text: str, lower: str) -> None:
    assert lowered(text) == lower


def test_every_letter_is_lowered_as_the_store_does_it() -> None:
    letters = [letter for letter in map(chr, range(1, sys.maxunicode + 1)) if letter != letter.lower()]
    found = duckdb.execute("select lower(letter) from (select unnest($1) as letter)", [letters]).fetchall()
    assert [row[0] for row in found] == [lowered(letter) for letter in letters]
