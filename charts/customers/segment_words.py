"""The words of segments: what each is called, and its facts beside those of all accounts."""

from charts import labels
from charts.accounts import account_words
from data.language import _


def segment(code: str | None) -> str:
    """A segment's name: a region's or channel's own, a tier's or quadrant's in the reader's language."""
    return _("Not known") if code is None else labels.quadrant(code)


def fact_texts(row: dict[str, object]) -> tuple[str, str]:
    """A fact of measures.customers.segment_facts as its unit is written: the segment's, and that of all accounts."""
    own, whole = ((row[f"{of}value"], row[f"{of}text"]) for of in ("", "all_"))
    return tuple(account_words.fact_text(row["fact"], row["unit"], *pair) for pair in (own, whole))


def beside_all(row: dict[str, object]) -> tuple[str, str]:
    """The same as the segment's text and a note on all accounts; a long name is not written twice."""
    own, whole = fact_texts(row)
    return own, _("all: the same") if row["unit"] == "name" and own == whole else _("all: {whole}").format(whole=whole)
