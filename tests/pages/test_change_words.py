"""The latest changes are told in words."""

import re
from pathlib import Path

import pytest

from data.language import use
from pages.parts.change_words import KINDS, change_text

KIND = re.compile(r'^\w*(?:KIND|RECORDS) = "(\w+)"$', re.MULTILINE)


@pytest.mark.parametrize(
    ("action", "said"),
    [("save setting", "Setting saved"), ("add universe", "Universe: written"), ("close wallet", "Wallet growth point: closed"), ("add moon", "add moon")],
)
def test_an_action_is_said_in_words_and_an_unknown_one_as_it_is(action: str, said: str) -> None:
    use("en")
    assert change_text(action) == said


def test_every_kind_of_record_that_people_write_has_its_words() -> None:
    measures = Path(__file__).parents[2] / "measures"
    written = {kind for path in measures.rglob("*.py") for kind in KIND.findall(path.read_text())}
    assert written and written - set(KINDS) == set()
