"""With which contact did the present run of contacts begin: days and accounts are told apart, whatever their order and however old."""

from datetime import date

import polars as pl

from measures.pipeline.contact_runs import contact_runs

SCHEMA = {"account_key": pl.Int32, "happened_on": pl.Date, "is_own": pl.Boolean}


def runs(*contacts: tuple[int, date, bool]) -> list[tuple]:
    return contact_runs(pl.DataFrame(list(contacts), schema=SCHEMA, orient="row"), 30).rows()


def test_a_run_ends_where_there_was_silence_for_longer_than_the_window() -> None:
    assert runs((7, date(2026, 3, 3), False), (7, date(2026, 1, 1), True), (7, date(2026, 2, 1), True), (7, date(2026, 1, 31), False)) == [
        (7, date(2026, 3, 3), date(2026, 1, 1), None, True)
    ]
    assert runs((7, date(2026, 3, 4), False), (7, date(2026, 1, 1), True), (7, date(2026, 2, 1), True), (7, date(2026, 1, 31), False)) == [
        (7, date(2026, 3, 4), date(2026, 3, 4), date(2026, 2, 1), False)
    ]


def test_one_own_contact_of_a_day_makes_it_the_customers() -> None:
    assert runs((7, date(2026, 3, 4), True), (7, date(2026, 3, 4), False)) == [(7, date(2026, 3, 4), date(2026, 3, 4), None, True)]


def test_accounts_are_told_apart_and_days_before_1970_too() -> None:
    assert runs((8, date(1969, 12, 31), True), (7, date(1970, 1, 2), False), (8, date(1969, 1, 1), False), (7, date(1969, 12, 30), True)) == [
        (7, date(1970, 1, 2), date(1969, 12, 30), None, True), (8, date(1969, 12, 31), date(1969, 12, 31), date(1969, 1, 1), True),
    ]  # fmt: skip


def test_without_contacts_there_is_no_run() -> None:
    assert runs() == []
