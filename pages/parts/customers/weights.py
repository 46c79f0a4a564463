"""The weights of the value score: five sliders that always sum to 1. Moving one rescales the others before one's eyes."""

import streamlit as st

from charts import value_words
from data.language import _
from measures.customers.value_indicators import INDICATORS, rescaled
from measures.thresholds import THRESHOLDS, Cuts
from pages.parts import address

NAMES = tuple(f"weight_{name}" for name in INDICATORS)


def choose(base: Cuts) -> Cuts:
    """Draw the sliders and return the cuts with their values; these live in the address."""
    _start(base)
    for place, name, indicator in zip(st.columns(len(NAMES), gap="medium"), NAMES, INDICATORS, strict=True):
        threshold = THRESHOLDS[name]
        with place:
            st.slider(
                value_words.indicator(indicator), 0.0, 1.0, key=_key(name), step=0.01, format="percent", help=_(threshold.reason), persist_state="session",
                on_change=_rescale, args=(name,),
            )  # fmt: skip
        address.keep(name, None if _value(name) == threshold.default else str(_value(name)))
    st.caption(_(
        "The weights of the score always sum to 100%: moving one rescales the others in their proportions. The score explains what an account is "
        "worth; it predicts little better than net sales alone."
    ))  # fmt: skip
    return base.but(**{name: _value(name) for name in NAMES})


def _start(base: Cuts) -> None:
    """First values from the address, else as saved; scaled where they don't sum to 1."""
    for name in NAMES:
        address.start(_key(name), name, lambda texts, name=name: THRESHOLDS[name].read(texts[0]), base[name])
    if round(100 * sum(_value(name) for name in NAMES)) != 100:
        _put(rescaled({name: _value(name) for name in NAMES}))


def _rescale(moved: str) -> None:
    _put(rescaled({name: _value(name) for name in NAMES}, moved))


def _put(weights: dict[str, float]) -> None:
    for name, weight in weights.items():
        st.session_state[_key(name)] = weight


def _value(name: str) -> float:
    return float(st.session_state[_key(name)])


def _key(name: str) -> str:
    return f"cut_value_pyramid_{name}"
