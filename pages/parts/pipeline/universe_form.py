"""What people state about the universe: the table of it, and the form to state, change or take back a number.

A statement lives in the journal with its writer and its version; a viewer sees those on the regions that they see.
"""

import polars as pl
import streamlit as st

from data import records
from data.language import _
from data.records import Record
from measures.pipeline.spellings import spellings
from measures.pipeline.universe import placed_statements
from measures.pipeline.white_space import RECORDS, WhiteSpace
from pages.parts import seen, session, states, tables
from pages.parts.escape import plain

WHOLE, UNLISTED = "", "\0"
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
    said = written.content if written else {}
    key = f"{region_id}_{channel or WHOLE}"
    drawn = seen.before(f"universe_seen_{key}", written)
    count = st.number_input(_("Accounts"), 0, MOST_ACCOUNTS, int(said.get("accounts") or 0), key=f"universe_count_{key}")
    source = st.text_input(_("Where the number comes from"), str(said.get("source") or ""), key=f"universe_source_{key}", max_chars=300)
    with st.container(horizontal=True):
        saved = st.button(_("Save"), key="universe_save", type="primary", disabled=count == 0)
        closed = written is not None and st.button(_("Take it back"), key="universe_close")
    with states.guarded():
        if saved:
            content = {"channel": channel, "accounts": int(count), "source": source.strip() or None}
            seen.write(drawn, RECORDS, region_id, content, apart=["channel"])
            st.rerun()
        if closed:
            seen.close(drawn or written)
            st.rerun()


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
        # A known channel in another spelling is that channel.
        channel = spellings([*answer.by_channel["channel"], *answer.statements["channel"]], answer.ground.channels.names).name(channel.strip())
    return region_id, channel or None


def _written(answer: WhiteSpace, region_id: str | None, channel: str | None) -> Record | None:
    """What is stated about the place, if the viewer sees it."""
    rows = answer.statements.filter(pl.col("region_id").eq_missing(region_id), pl.col("channel").eq_missing(channel))
    return records.history(session.current().journal, int(rows["record_id"][0]))[-1] if rows.height else None
