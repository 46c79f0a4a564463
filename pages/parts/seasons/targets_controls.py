"""What a person decides before there is a target board: the requirement, the season, how the lift arrives, and the limits."""

import streamlit as st

from data.language import _
from measures.seasons.target_ground import STATED
from measures.thresholds import Cuts
from pages.parts import address, cuts

ANSWER = "off_season_targets"
BASIS, REQUIREMENT, GROWTH = "requirement_basis", "requirement", "requirement_growth"
LIMITS = (
    "board_accounts", "growth_share", "cell_ceiling", "cell_floor", "outlet_probability", "wallet_probability", "least_outlets", "outlet_peers",
    "outlet_percentile",
)  # fmt: skip
SEASON = ("season_group", "window", "years", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months")
SEEN = "targets_requirement_seen"


def choose() -> Cuts:
    """Draw the controls and return all cuts of the answer."""
    _start_stated()
    basis, figure, shape, season = st.columns((2.5, 1.1, 1.25, 1.15), gap="medium")
    with basis:
        chosen = cuts.choose(ANSWER, (BASIS,))
    with figure:
        chosen = _requirement(chosen)
    with shape:
        chosen = cuts.choose(ANSWER, ("lift_shape",), base=chosen)
    with season:
        chosen = cuts.choose(ANSWER, ("target_season",), base=chosen)
    with st.expander(_("Limits and growth points")):
        chosen = cuts.choose(ANSWER, LIMITS, columns=3, base=chosen)
        chosen = cuts.choose(ANSWER, ("ordering_outcomes",), base=chosen)
    with st.expander(_("Seasons")):
        return cuts.choose(ANSWER, SEASON, columns=4, base=chosen)


def _requirement(chosen: Cuts) -> Cuts:
    """The stated figure, or the growth on the last peak or on the forecast: one of them decides, and only that one is drawn."""
    if chosen[BASIS] == STATED:
        if not st.session_state.get(_key(REQUIREMENT)) and st.session_state.get(SEEN):
            st.session_state[_key(REQUIREMENT)] = float(round(st.session_state[SEEN]))
        return cuts.choose(ANSWER, (REQUIREMENT,), base=chosen)
    return cuts.choose(ANSWER, (GROWTH,), base=chosen.but(**{REQUIREMENT: 0.0}))


def state(requirement: float) -> None:
    """Take this figure as the stated requirement from the next run on; for callbacks."""
    st.session_state[_key(BASIS)] = STATED
    st.session_state[_key(REQUIREMENT)] = float(int(requirement))


def take_season(start: int, months: int) -> None:
    """Set the off-season by hand from the next run on; for callbacks."""
    st.session_state[_key("off_season_start")] = start
    st.session_state[_key("off_season_months")] = months


def take_group(group: int) -> None:
    """Plan another group of regions from the next run on; for callbacks."""
    st.session_state[_key("season_group")] = group


def remember(requirement: float | None) -> None:
    """Keep what the board asked for, so that a person who wants to state a figure begins from it."""
    st.session_state[SEEN] = requirement


def _start_stated() -> None:
    """An address or a setting with a figure and without a basis means the figure."""
    told = bool(address.given(REQUIREMENT)) or float(cuts.saved(ANSWER)[REQUIREMENT]) > 0
    if told and not address.given(BASIS):
        st.session_state.setdefault(_key(BASIS), STATED)


def _key(name: str) -> str:
    return f"cut_{ANSWER}_{name}"
