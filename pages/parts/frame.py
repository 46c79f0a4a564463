"""A page's head: its name, the finding as its title, what is shown, and how far the data reach."""

import streamlit as st

from data import language
from data.language import _, format_date, format_number, ngettext
from pages.parts import choices, draw, hand_out, own_words, session
from pages.parts.escape import plain

COMPACT = """<style>
.st-key-page_language {display: none;}
[data-testid="stMetricValue"] {font-size: 1.8rem; white-space: nowrap;}
.st-key-metric_row_long [data-testid="stMetricValue"] {font-size: 1.35rem;}
[data-testid="stMetric"] .stMarkdownEllipsis, [data-testid="stMetric"] .stMarkdownEllipsis p {white-space: normal; overflow: visible;}
[data-testid="stMetric"] div:has(> [data-testid="stMetricDeltaDescription"]) {flex-wrap: wrap; row-gap: 0.25rem;}
[class*="st-key-metric_row"] [data-testid="stElementToolbar"] {display: none;}
[data-testid="stHeading"] h2 {padding-top: 0;}
[data-testid="stCaptionContainer"] {opacity: 0.72;}
[data-testid="stSidebarNavLink"]:focus-visible, [data-testid="stElementToolbar"] button:focus-visible {outline: 2px solid currentColor; outline-offset: -2px;}
[data-testid="stElementToolbarButton"]:has([aria-label="Download as CSV"]) {display: none;}
.stElementContainer:has(.chart_finding) {position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);}
[class*="st-key-note_"] button, [class*="st-key-note_"] button > div {justify-content: flex-start; text-align: left;}
[class*="st-key-note_"] button p {font-size: 1rem; text-align: left;}
@media (min-width: 768px) {
    .stMainBlockContainer {padding: 2.6rem 3.5rem 2rem;}
    .st-key-filter_bar {gap: 0.5rem;}
}
@media (max-width: 767px) {
    .stMainBlockContainer {padding: 3.75rem 1rem 3rem;}
    [data-testid="stMetricValue"] {font-size: 1.6rem;}
    .st-key-metric_row_long [data-testid="stMetricValue"] {font-size: 1.2rem;}
    .st-key-filter_bar {flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none;}
    .st-key-filter_bar > * {flex-shrink: 0;}
    [class*="st-key-metric_row"] .stColumn {min-width: calc(50% - 1rem); flex: 1 1 calc(50% - 1rem);}
}
</style>"""

DARK = """<style>
/* White words on the dark theme's light blue would have a contrast under 3. */
[data-testid^="stBaseButton-primary"], [data-testid="stMultiSelectTagsContainer"] [role="group"] * {color: #10151C;}
</style>"""


def compact() -> None:
    """A finding is seen without scrolling: less air above a page; on a phone one line of chips, and metrics in pairs."""
    st.html(COMPACT + DARK if draw.theme() == "dark" else COMPACT)


def in_language() -> None:
    """Tell the browser the page's language: readers aloud pronounce it, tables, sliders and axes write their figures by it, and widgets say their own words in it.

    A figure of four digits has its mark everywhere (1.684): browsers leave it out in Spanish, where a column beside longer figures has it.
    """
    tag = str(language.locale()).replace("_", "-")
    # Streamlit formats by what the browser prefers, which is not always what its reader chose here.
    script = f"""<script>
document.documentElement.lang = "{tag}";
Object.defineProperty(navigator, "languages", {{value: ["{tag}"], configurable: true}});
if (!window.groupsAlways) {{
    window.groupsAlways = true;
    const formats = new Map();
    // Tables and metrics make one for each figure, and making one takes longer than writing the figure.
    const marked = (format, [tags, options]) => {{
        const asked = JSON.stringify([tags, options]);
        if (!formats.has(asked)) formats.set(asked, new format(tags, {{useGrouping: "always", ...options}}));
        return formats.get(asked);
    }};
    Intl.NumberFormat = new Proxy(Intl.NumberFormat, {{
        construct: (format, given) => marked(format, given), apply: (format, self, given) => marked(format, given),
    }});
}}
{own_words.script()}</script>"""
    with st.container(key="page_language"):
        st.html(script, unsafe_allow_javascript=True)


def head(name: str, finding: str, stands: str = "") -> None:
    """The page's name and the time that its figures stand for, small above the sentence that states the finding, and room for what hands it out."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small", key="page_head"):
        st.caption(f"{name} · {stands}" if stands else name, width="content")
        place = st.container(horizontal=True, width="content", gap="small", key="hand_out")
    st.header(plain(finding), anchor=False)
    hand_out.head(name, finding, stands, place)


def scope_chip() -> None:
    """Who sees what, how far the data reach, and which generation this is."""
    now = session.current()
    if now.reader is None:
        return
    offered = choices.of(now)
    if now.viewer.sees_everything:
        scope = ngettext("You see: everything, {n} account", "You see: everything, {n} accounts", offered.accounts_seen).format(n=format_number(offered.accounts_seen))
    else:
        names = ", ".join(plain(offered.regions.get(region, region)) for region in now.viewer.region_ids)
        scope = _("You see: {regions}, {n} of {all} accounts").format(
            regions=names or "–", n=format_number(offered.accounts_seen), all=format_number(offered.all_accounts)
        )
    st.caption(
        _("{scope} · data through {date} · generation {n}").format(
            scope=scope, date=format_date(offered.as_of), n=now.reader.number
        )
    )
