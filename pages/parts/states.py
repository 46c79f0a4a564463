"""The one empty look and the one error look of every page."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts import labels
from data.errors import DashboardError
from data.language import _
from pages.parts import choices, filter_bar, session
from pages.parts.escape import plain
from queries.filters import Filters, end_of_complete_months

IMPORT_PAGE = "pages/store/import_files.py"
PAGE = "_page_title"
"""Where the frame keeps the page's name: without a finding it stands here alone."""
TOLD = "_error_told"
"""Whether this run told its reader of an error."""


def empty(title: str, why: str, remedy: str) -> None:
    """What is missing, why it matters, the one thing to do."""
    with st.container(border=True):
        st.caption(st.session_state.get(PAGE, ""))
        st.subheader(title, anchor=False)
        st.write(why)
        st.markdown(f"**{remedy}**")


def no_store() -> None:
    """An empty store: ask for files."""
    empty(
        _("There are no data yet"),
        _("Every page reads the sales that you import: accounts, products and transactions."),
        _("Import your files, or look around with the demo brewery."),
    )
    st.page_link(IMPORT_PAGE, label=_("Go to Import"), icon=":material/upload_file:")


def no_sales(filters: Filters) -> None:
    """Nothing within the filters: name them, offer to take them off. Where nothing is filtered, no month is complete yet."""
    if filters == Filters() and _awaits_its_first_month():
        no_month()
        return
    narrowed = "; ".join(f"{label}: {plain(values)}" for label, values in filter_bar.described(filters))
    empty(
        _("Nothing to show here"),
        _("No rows match {filters}.").format(filters=narrowed),
        _("Choose another period or take a filter off."),
    )
    if len(filter_bar.described(filters)) > 1:
        st.button(_("Take the filters off"), on_click=filter_bar.clear, key="clear_filters")


def _awaits_its_first_month() -> bool:
    """Whether the data hold sales, all of them of a month that is not over."""
    offered = choices.of(session.current())
    return offered.first_sold_on is not None and end_of_complete_months(offered.told_until) <= offered.first_sold_on


def no_month() -> None:
    """The sales are too young for what rests on complete months."""
    empty(
        _("No month is complete yet"),
        _("What this page says rests on complete months: the running month would make every account look smaller and less steady."),
        _("Import older sales or choose a longer period, or come back when the first month is over."),
    )


def short_history(filters: Filters, title: str, why: str, remedy: str) -> None:
    """No season to read: of a few accounts, products or people because of who they are, of the whole because the data begin too late."""
    narrowed = len(filter_bar.described(filters)) > 1
    if narrowed:
        why = _("What is chosen has sold for too short a time, or too seldom, for a season of its own: that takes two years.")
        remedy = _("Take its filters off: among all others it has a row of its own, with its region's season as far as its own sales do not tell.")
    empty(title, why, remedy)
    if narrowed:
        st.button(_("Take the filters off"), on_click=filter_bar.clear, key="clear_filters")


@contextmanager
def controls() -> Iterator[DeltaGenerator]:
    """Room for a page's controls, which an empty look takes away: without what they control they would hang in the air."""
    room = st.empty()
    with room.container():
        yield room


def missing_table(table: str, why: str, instead_of: DeltaGenerator | None = None) -> None:
    """The page needs an optional table that the store lacks."""
    if instead_of is not None:
        instead_of.empty()
    empty(
        _("The table “{table}” is missing").format(table=labels.label(table)),
        why,
        _("Import a file for it ({name}): its columns are in docs/data-format.md.").format(name=table),
    )
    st.page_link(IMPORT_PAGE, label=_("Go to Import"), icon=":material/upload_file:")


def no_stages(has_ends: bool, why: str, instead_of: DeltaGenerator) -> None:
    """No deal is known to have been in a stage: all that is known is how they ended, or the table of stages is missing."""
    if not has_ends:
        missing_table("stage_events", why, instead_of)
        return
    instead_of.empty()
    empty(_("The deals have no stages"), _("All that is known of them is whether they were won or lost."),
          _("Import the stages that they passed before that, each with its day (stage_events)."))  # fmt: skip


def unknown_ends(has_ends: bool) -> None:
    """Say it where no stage is known to end a deal: then every deal seems open."""
    if not has_ends:
        st.info(_("No stage of these deals is known to end one. If one of them does, name it in Settings, as a stage that means won or lost."))


def error(problem: DashboardError) -> None:
    """What happened, that nothing was lost, what to do."""
    st.session_state[TOLD] = True
    with st.container(border=True, key="error_state"):
        st.subheader(plain(problem.title), anchor=False)
        st.write(plain(problem.message))
        if problem.hint:
            st.markdown(f"**{plain(problem.hint)}**")
        st.caption(_("Nothing was lost."))


@contextmanager
def guarded() -> Iterator[None]:
    """Show a DashboardError instead of the rest of the page."""
    try:
        yield
    except DashboardError as problem:
        error(problem)


def need_store() -> None:
    """End the page with the empty look where there is no generation yet."""
    if session.current().reader is None:
        no_store()
        st.stop()
