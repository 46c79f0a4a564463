"""Data as plain text where Streamlit would read markup. The one place for it.

Options of select boxes and multiselects are not markup: they take names as they are.
"""

import re
from functools import lru_cache

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~$:<>])")
_SIGN = re.compile(r"(?<![\w-])-(?=[^\s\d-])")
_JOINED = "-\u2060"
"""A minus before a currency, joined to it: a line may end after a hyphen, and -€1.5M would lose its sign."""


# Every rerun writes the names of all options again.
@lru_cache(maxsize=65536)
def plain(text: object) -> str:
    """A name as markdown shows it to the letter."""
    return _MARKUP.sub(r"\\\1", _SIGN.sub(_JOINED, str(text))).replace("\n", " ")
