"""Streamlit's own words are those that this version says: a new version that words them anew is noticed here."""

import re
from pathlib import Path

import pytest
import streamlit

from data.language import use
from pages.parts import own_words

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"
COMPOSED = {"Press Enter to apply": "Press Enter to ", "Press Ctrl+Enter to apply": "+Enter to ", "Press ⌘+Enter to apply": "⌘", "Press Enter to submit form": "submit form"}
"""Words that Streamlit puts together: what is written in its script of them."""


@pytest.fixture(scope="module")
def said_by_streamlit() -> str:
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in SCRIPTS.glob("*.js"))


@pytest.mark.parametrize("word", own_words.WORDS)
def test_streamlit_says_these_words(word: str, said_by_streamlit: str) -> None:
    # "Error: " comes from another script.
    for piece in re.split(r"\{\w+\}", COMPOSED.get(word, word).removeprefix("Error: ")):
        assert piece in said_by_streamlit


def test_spanish_pages_translate_each_word_and_english_ones_none() -> None:
    use("es")
    spanish = own_words.script()
    use("en")
    assert "window.ownWords = [].map" in own_words.script()
    for word in own_words.WORDS:
        assert own_words._pattern(word).replace("\\", "\\\\") in spanish
    assert re.search(r'"\^Upload\$", "Subir"', spanish)
