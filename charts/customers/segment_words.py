"""The words of segments: what each is called, and its facts beside those of all accounts."""

import polars as pl

from charts import labels
from charts.accounts import account_words
from charts.cached import cached
from data.language import NOT_AVAILABLE, _


def segment(code: str | None) -> str:
    """A segment's name: a region's or channel's own, a tier's or quadrant's in the reader's language."""
    return _("Not known") if code is None else labels.quadrant(code)


def fact_texts(row: dict[str, object]) -> tuple[str, str]:
    """A fact of measures.customers.segment_facts as its unit is written: the segment's, and that of all accounts."""
    own, whole = ((row[f"{of}value"], row[f"{of}text"]) for of in ("", "all_"))
    return tuple(account_words.fact_text(row["fact"], row["unit"], *pair) for pair in (own, whole))


@cached
def told(facts: pl.DataFrame) -> pl.DataFrame:
    """Every fact of every segment as it is written: fact, in_segment, of_all, panel, segment."""
    rows = list(facts.iter_rows(named=True))
    texts = [fact_texts(row) for row in rows]
    return pl.DataFrame(
        {
            "fact": [account_words.fact(row["fact"]) for row in rows], "in_segment": [own for own, _whole in texts], "of_all": [whole for _own, whole in texts],
            "panel": [account_words.panel(row["panel"]) for row in rows], "segment": [segment(row["segment"]) for row in rows],
        }
    )  # fmt: skip


def beside_all(row: dict[str, object]) -> tuple[str, str]:
    """The same as the segment's text and a note on all accounts; a long name is not written twice."""
    own, whole = fact_texts(row)
    if own == whole == NOT_AVAILABLE:
        return own, ""
    return own, _("all: the same") if row["unit"] == "name" and own == whole else _("all: {whole}").format(whole=whole)
