"""Deals whose dates contradict each other about their end. A deal stands in the stage that it entered last: a `won` dated before its `lead`
would leave it open for ever, although its closing date says when it closed.

An end that stands before other stages counts on the deal's closing date, in all words for it that follow one another, where that is not
before any of the stages: a closed deal is closed. A closing date before the last stage says nothing against it: the deal was opened again. What was moved, and what can't be settled, is told.
"""

from collections.abc import Mapping, Sequence

import duckdb

from data.imports import quoting
from data.language import format_number, ngettext
from data.stage_words import LOST_WORDS, WON_WORDS

USUAL = ("won", "lost", *WON_WORDS, *LOST_WORDS)
"""The words that end a deal where the settings name no others."""
SETTINGS = {"won_stages": WON_WORDS, "lost_stages": LOST_WORDS}
"""The settings that name the words of an end → the usual ones."""
SHOWN = 5

_MOVED = """create or replace temp table moved_ends as
    with marked as (
        select opportunity_id, entered_on, {is_end} as is_end, {is_won} as is_won from staged.stage_events
    ), ends as (
        select
            opportunity_id, max(entered_on) filter (where is_end) as last_end_on, max(entered_on) filter (where not is_end) as last_stage_on,
            arg_max(is_won, entered_on) filter (where is_end) as is_won
        from marked group by opportunity_id
    )
    select
        deals.opportunity_id, any_value(last_end_on) as last_end_on, any_value(deals.closed_on) as closed_on, any_value(ends.is_won) as is_won,
        max(marked.entered_on) filter (where entered_on <= last_end_on and not (is_end and marked.is_won = ends.is_won)) as follows_on
    from staged.opportunities as deals
    inner join ends on ends.opportunity_id = deals.opportunity_id
    inner join marked on marked.opportunity_id = deals.opportunity_id
    where last_end_on < last_stage_on and last_stage_on <= deals.closed_on
    group by deals.opportunity_id"""
"""follows_on: the day of the last event before the end, of whose words several may follow one another."""
_SETTLED = """create view staged.stage_events as
    select given.* replace (
        case
            when
                {is_end} and {is_won} = moved_ends.is_won and given.entered_on <= moved_ends.last_end_on
                and coalesce(given.entered_on >= moved_ends.follows_on, true)
            then moved_ends.closed_on else given.entered_on
        end as entered_on
    )
    from staged.stage_events_as_given as given
    left join moved_ends on moved_ends.opportunity_id = given.opportunity_id"""
_ENDLESS = """select opportunity_id from staged.opportunities
    where closed_on is not null and opportunity_id not in (select opportunity_id from staged.stage_events where {is_end})
    order by opportunity_id"""

# The same rule as queries/pipeline/contradicting_deals.sql, which reads the stays that this import goes on to build: the first stay is an end,
# the last is none, and of one day an end comes last.
_BACKWARDS = """select opportunity_id from staged.stage_events
    group by opportunity_id
    having
        min(entered_on) filter (where {is_end}) < min(entered_on) filter (where not {is_end})
        and max(entered_on) filter (where {is_end}) < max(entered_on) filter (where not {is_end})
    order by opportunity_id"""


def words(settings: Mapping[str, object], names: Sequence[str] = tuple(SETTINGS)) -> tuple[str, ...]:
    """The words that end a deal, in lower case, and the two names that always do; of one end alone by the name of its setting."""
    given = [(name.removesuffix("_stages"), *str(settings.get(name) or ",".join(SETTINGS[name])).split(",")) for name in names]
    return tuple(word.strip().lower() for of_end in given for word in of_end)


def settle(con: duckdb.DuckDBPyConnection, ends: Sequence[str], won: Sequence[str]) -> list[str]:
    """Date the impossible ends of `staged.stage_events` by their deals' closing dates; what people should know of it. `won` of the words mean that."""
    is_end, is_won = (f"(lower(trim(stage)) in ({quoting.texts(texts)}))" for texts in (ends, won))
    con.execute(_MOVED.format(is_end=is_end, is_won=is_won))
    moved = _ids(con, "select opportunity_id from moved_ends order by opportunity_id")
    if moved:
        con.execute("alter view staged.stage_events rename to stage_events_as_given")
        con.execute(_SETTLED.format(is_end=is_end, is_won=is_won))
    return _told(moved, _ids(con, _BACKWARDS.format(is_end=is_end)), _ids(con, _ENDLESS.format(is_end=is_end)))


def _ids(con: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [row[0] for row in con.execute(query).fetchall()]


def _told(moved: list[str], backwards: list[str], endless: list[str]) -> list[str]:
    told = []
    if moved:
        told.append(
            ngettext(
                "{n} deal was won or lost before other stages that it entered, but closed later by its own closing date: its end counts on that date: {ids}",
                "{n} deals were won or lost before other stages that they entered, but closed later by their own closing dates: their ends count on those dates: {ids}",
                len(moved),
            ).format(n=format_number(len(moved)), ids=_some(moved))
        )
    if backwards:
        told.append(
            ngettext(
                "{n} deal was won or lost before all its other stages, and no closing date settles it: it counts as open, and Data quality lists it: {ids}",
                "{n} deals were won or lost before all their other stages, and no closing dates settle it: they count as open, and Data quality lists them: {ids}",
                len(backwards),
            ).format(n=format_number(len(backwards)), ids=_some(backwards))
        )
    if endless:
        told.append(
            ngettext(
                "{n} deal has a closing date, but no stage says that it was won or lost: it counts as open: {ids}",
                "{n} deals have a closing date, but no stage says that they were won or lost: they count as open: {ids}",
                len(endless),
            ).format(n=format_number(len(endless)), ids=_some(endless))
        )
    return told


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:SHOWN]) + (" …" if len(ids) > SHOWN else "")
