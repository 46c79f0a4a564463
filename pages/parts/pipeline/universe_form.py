"""What people state about the universe: the table of it, and the form to state, change or take back a number.

A statement lives in the journal with its writer and its version; a viewer sees those on the regions that they see.
"""

from collections.abc import Callable

import polars as pl
import streamlit as st

from data import records
from data.errors import ChangedMeanwhile
from data.journal import Journal, writer_name
from data.language import _
from data.records import Record
from measures.pipeline.universe import placed_statements
from measures.pipeline.white_space import RECORDS, WhiteSpace
from pages.parts import session, states, tables
from pages.parts.escape import plain

WHOLE, UNLISTED = "", "\0"
SEEN = "universe_seen"
MOST_ACCOUNTS = 100_000_000


def statements() -> list[Record]:
    """All that people state about universes; the answer keeps those of the regions that the viewer sees."""
    return records.open_records(session.current().journal, RECORDS)


def show(answer: WhiteSpace) -> None:
    """What is stated, by whom; a form to state it; how the known base grew."""
    st.markdown(f"**{_('How many accounts are there? What people state about each region and channel')}**")
    shown = placed_statements(answer.statements, answer.cells, answer.ground.regions)
    if shown.is_empty():
        st.caption(_("Nothing is stated yet: the universe is the accounts known here."))
    else:
        worded = shown.with_columns(pl.col("region").fill_null(_("No region")), pl.col("channel").fill_null(_("All channels")))
        tables.show(worded, "universe", key="universe_table")
    with st.expander(_("State how many there are")):
        _form(answer)
    st.markdown(f"**{_('How the known base grew')}**")
    tables.show(answer.base_months.sort("month", descending=True), "base_months", key="space_base")


def _form(answer: WhiteSpace) -> None:
    region_id, channel = _place(answer)
    written = _written(answer, region_id or None, channel)
    key = f"{region_id}_{channel or WHOLE}"
    count = st.number_input(_("Accounts"), 0, MOST_ACCOUNTS, int(written["stated_accounts"]) if written else 0, key=f"universe_count_{key}")
    source = st.text_input(_("Where the number comes from"), (written["source"] or "") if written else "", key=f"universe_source_{key}", max_chars=300)
    with st.container(horizontal=True):
        saved = st.button(_("Save"), key="universe_save", type="primary", disabled=count == 0)
        closed = written is not None and st.button(_("Take it back"), key="universe_close")
    seen = _seen(key, written, keep=saved or closed)
    if saved:
        content = {"channel": channel, "accounts": int(count), "source": source.strip() or None}
        _write(lambda journal, by: _state(journal, region_id, seen, written, content, by))
    if closed and seen:
        _write(lambda journal, by: records.close(journal, seen, by=by))


def _place(answer: WhiteSpace) -> tuple[str, str | None]:
    """The region's id ("" for none) and the channel (None for all of them) that the writer chose."""
    regions = dict(answer.ground.regions.select("region_id", "region").rows())
    if answer.ground.accounts["region_id"].null_count() or not regions:
        regions[WHOLE] = _("No region")
    words = {WHOLE: _("All channels")} | {name: plain(name) for name in answer.by_channel["channel"].to_list() if name} | {UNLISTED: _("A channel that is not listed")}
    region_id = st.selectbox(_("Region"), list(regions), key="universe_region", format_func=regions.get)
    channel = st.selectbox(_("Channel"), list(words), key="universe_channel", format_func=words.get)
    if channel == UNLISTED:
        channel = st.text_input(_("Its name"), key="universe_unlisted", max_chars=100, help=_("A channel that nobody sells to yet stands among the others once it is stated."))
    return region_id, channel.strip() or None


def _written(answer: WhiteSpace, region_id: str | None, channel: str | None) -> dict[str, object] | None:
    rows = answer.statements.filter(pl.col("region_id").eq_missing(region_id), pl.col("channel").eq_missing(channel))
    return rows.row(0, named=True) if rows.height else None


def _seen(key: str, written: dict[str, object] | None, *, keep: bool) -> Record | None:
    """The version that the writer saw when the form was drawn: somebody may have written another one since."""
    held = st.session_state.get(SEEN, {})
    if not keep or key not in held:
        last = records.history(session.current().journal, int(written["record_id"]))[-1] if written else None
        st.session_state[SEEN] = held = {key: last}
    return held[key]


def _state(journal: Journal, region_id: str, seen: Record | None, written: dict[str, object] | None, content: dict[str, object], by: str) -> None:
    """Write over the version that was seen, or the first one. Raises ChangedMeanwhile where somebody was quicker."""
    if seen:
        records.change(journal, seen, content, by=by)
    elif written is None:
        records.add(journal, RECORDS, region_id, content, by=by)
    else:
        raise ChangedMeanwhile(
            _("Somebody stated this first"),
            _("{who} stated {n}; yours is not written.").format(who=writer_name(written["written_by"]), n=written["stated_accounts"]),
            _("Look at both, then save again."),
        )


def _write(write: Callable[[Journal, str], object]) -> None:
    now = session.current()
    with states.guarded():
        write(now.journal, now.viewer.email)
        st.session_state.pop(SEEN, None)
        st.rerun()
