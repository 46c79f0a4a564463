"""Data as plain text where Streamlit would read markup. The one place for it."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~$:<>])")


def plain(text: object) -> str:
    """A name as markdown shows it to the letter."""
    return _MARKUP.sub(r"\\\1", str(text)).replace("\n", " ")
