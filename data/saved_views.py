"""Saved views: a page with its filters under a name of its owner's. Records of the journal, so that a view that was replaced or deleted
stays in its history. Only their owner sees, replaces and deletes them: to share one is to send its address."""

from data import records
from data.journal import Journal
from data.records import Record

KIND = "saved_view"
"""The kind of records that are views; subject: the owner's email, content: name, page (URL path) and query (query string)."""


def saved_views(journal: Journal, owner: str) -> list[Record]:
    """The owner's views in the order of their names."""
    return sorted(records.open_records(journal, KIND, owner), key=lambda view: str(view.content["name"]))


def save(journal: Journal, owner: str, seen: Record | None, name: str, page: str, query: str) -> Record:
    """Keep a page with its filters under a name: over the view that the owner saw there, new where they saw none.

    Raises ChangedMeanwhile where there is one that they did not see.
    """
    return records.put(journal, KIND, owner, seen, {"name": name, "page": page, "query": query}, by=owner, apart=("name",))


def delete(journal: Journal, view: Record) -> None:
    """Take a view out of its owner's list; it stays in its history. Raises ChangedMeanwhile where it was replaced or deleted meanwhile."""
    records.close(journal, view, by=view.subject)
