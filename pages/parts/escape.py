"""Data as plain text where Streamlit would read markup. The one place for it.

Options of select boxes and multiselects are not markup: they take names as they are.
"""

import re
from functools import lru_cache

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~$:<>])")


# Every rerun writes the names of all options again.
@lru_cache(maxsize=65536)
def plain(text: object) -> str:
    """A name as markdown shows it to the letter."""
    return _MARKUP.sub(r"\\\1", str(text)).replace("\n", " ")
