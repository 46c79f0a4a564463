"""What the viewer can choose from in the filter bar, kept per scope and generation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from charts import labels
from measures.history import told_until
from pages.parts.session import Session
from queries.filters import Filters
from queries.runner import asker

_KEPT = "_choices"


@dataclass(frozen=True)
class Choices:
    """Options by id with their names, in display order; products also by category.

    `as_of` is the last day with data, `told_until` the last day that they tell of: later where a month has one booking day.
    """

    as_of: date
    told_until: date
    first_sold_on: date | None
    accounts_seen: int
    all_accounts: int
    regions: dict[str, str]
    accounts: dict[str, str]
    categories: dict[str, str]
    products: dict[str, str]
    salespeople: dict[str, str]


def of(session: Session) -> Choices:
    """The session's choices. A name that two ids share is told apart by its id."""
    key = (session.scope, session.edition)
    kept = st.session_state.get(_KEPT)
    # A page asks several times in a run, and looking into Streamlit's cache takes a millisecond.
    if kept is None or kept[0] != key:
        kept = st.session_state[_KEPT] = (key, _choices(*key, session))
    return kept[1]


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs={Session: lambda session: None})
def _choices(scope: tuple[int, ...], edition: tuple[str, int, str], session: Session) -> Choices:
    ask = asker(session.reader, session.viewer)
    period = ask("store/period", Filters()).row(0, named=True) if scope else None
    products = ask("store/products", Filters())
    as_of = period["as_of"] if period else session.reader.as_of
    return Choices(
        as_of=as_of,
        told_until=told_until(ask, as_of),
        first_sold_on=period["first_sold_on"] if period else None,
        accounts_seen=period["accounts"] if period else 0,
        all_accounts=period["all_accounts"] if period else 0,
        regions=told_apart(ask("store/regions", Filters()).select("region_id", "region").rows()),
        accounts=told_apart(ask("store/accounts", Filters()).select("account_id", "account").rows()),
        categories={name: name for name in products["category"].drop_nulls().unique().sort()},
        products=told_apart(products.select("product_id", "product").rows()),
        salespeople=told_apart(ask("store/salespeople", Filters()).select("salesperson_id", "salesperson").rows()),
    )


def person(people: Mapping[str, str], identifier: str | None) -> str | None:
    """The name of a person out of those whom the viewer sees; of anybody else only that there is somebody."""
    return None if identifier is None else people.get(identifier, labels.salesperson(labels.ANOTHER_REGION))


def told_apart(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names by id from (id, name), for a select box: it knows an option by its text, so a name that two ids share is told apart by its id."""
    rows = list(rows)
    seen: dict[str, int] = {}
    for _identifier, name in rows:
        seen[name] = seen.get(name, 0) + 1
    return {identifier: f"{name} ({identifier})" if seen[name] > 1 else name for identifier, name in rows}
