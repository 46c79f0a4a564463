"""What is debatable is visible and movable: a control for each threshold, with its reason."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from charts import labels
from data.errors import BadRequest
from data.language import _, format_number, format_percent
from measures.metrics import METRICS
from measures.pipeline.sales_models import CHOICE, with_model
from measures.registry import kind
from measures.thresholds import THRESHOLDS, Cuts, Threshold, Value, cuts
from pages.parts import address, session


def choose(answer: str, names: Sequence[str], *, columns: int | Sequence[float] = 3, base: Cuts | None = None) -> Cuts:
    """Draw the named thresholds' controls and return all cuts of the answer; values live in the address.

    `columns` is their number, or their relative widths; `base` is what an earlier group of controls chose.
    """
    in_force = saved(answer)
    moved: dict[str, Value] = {}
    spread = min(columns, len(names)) if isinstance(columns, int) else columns
    wide = max(spread, 1) if isinstance(spread, int) else len(spread)
    for line in (names[at : at + wide] for at in range(0, len(names), wide)):
        # A line of its own for each row of controls, by their lower ends: a label of two lines must not push its control under its neighbours'.
        for place, name in zip(st.columns(spread, gap="medium", vertical_alignment="bottom"), line, strict=False):
            with place:
                moved[name] = _control(answer, THRESHOLDS[name], in_force[name])
    return (base or in_force).but(**moved)


def chosen(answer: str, names: Sequence[str]) -> Cuts:
    """The answer's cuts as the reader moved the named ones, whether their controls are drawn in this view of the page or not."""
    in_force = saved(answer)
    return in_force.but(**{name: _held(answer, THRESHOLDS[name], in_force[name]) for name in names})


def _held(answer: str, threshold: Threshold, default: Value) -> Value:
    key = _key(answer, threshold.name)
    address.start(key, threshold.name, lambda texts: threshold.read(texts[0]), default)
    value = default if st.session_state[key] is None else st.session_state[key]
    address.keep(threshold.name, None if value == default else str(value))
    return value


def saved(answer: str) -> Cuts:
    """The answer's cuts without controls: settings, else defaults."""
    return cuts(kind(answer).thresholds, _known(answer, _model(answer)))


def of_company(answer: str) -> Cuts:
    """The same as the company reads all its deals, whatever sales model the reader chose on the answer's page."""
    return cuts(kind(answer).thresholds, _known(answer, ""))


def current(answer: str, name: str) -> Value:
    """A cut's value where its control is drawn later: the reader's, else the address's, else the saved one."""
    address.start(_key(answer, name), name, lambda texts: THRESHOLDS[name].read(texts[0]), saved(answer)[name])
    return st.session_state[_key(answer, name)]


def _key(answer: str, name: str) -> str:
    model = _model(answer) if name != CHOICE else ""
    return f"cut_{answer}_{name}_{model}" if model else f"cut_{answer}_{name}"


def _model(answer: str) -> str:
    """The sales model that the reader chose: under each, the controls have their own defaults."""
    return str(st.session_state.get(f"cut_{answer}_{CHOICE}") or "")


def _known(answer: str, model: str) -> dict[str, object]:
    names = kind(answer).thresholds
    return {name: value for name, value in with_model(session.current().settings, model).items() if name in names}


def _control(answer: str, threshold: Threshold, default: Value) -> Value:
    key = _key(answer, threshold.name)
    address.start(key, threshold.name, lambda texts: threshold.read(texts[0]), default)
    value = _widget(threshold, key)
    value = default if value is None else value
    address.keep(threshold.name, None if value == default else str(value))
    return value


def _widget(threshold: Threshold, key: str) -> Value | None:
    label, reason = _(threshold.label), _(threshold.reason)
    if threshold.kind == "choice":
        return st.segmented_control(
            label, threshold.choices, key=key, format_func=choice_label, help=reason, persist_state="session", required=True, wrap=True
        )
    if threshold.kind == "share" or threshold.unit == "rate":
        low, high = (0.0, 1.0) if threshold.kind == "share" else (float(threshold.minimum), float(threshold.maximum))
        return st.slider(label, low, high, key=key, step=0.01, format="percent", help=reason, persist_state="session")
    if threshold.kind == "integer":
        return st.number_input(
            label, int(threshold.minimum), int(threshold.maximum), key=key, step=1, help=reason, persist_state="session"
        )
    if threshold.kind == "number":
        return st.number_input(
            label, float(threshold.minimum), float(threshold.maximum), key=key, step=_step(threshold), help=reason, persist_state="session",
            format="%.0f" if threshold.unit == "units" else "%g" if _step(threshold) == 1 else None,
        )  # fmt: skip
    return st.text_input(label, key=key, help=reason, persist_state="session")


def _step(threshold: Threshold) -> float:
    return 0.01 if float(threshold.default) and abs(float(threshold.default)) < 1 else 1.0


def choice_label(code: str) -> str:
    """A choice's code in the reader's language."""
    return labels.metric(code) if code in METRICS else labels.label(code)


def written(threshold: Threshold, value: Value) -> str:
    """A threshold's value as its controls show it."""
    if threshold.kind == "share" or threshold.unit == "rate":
        return format_percent(float(value), 0 if round(100 * float(value), 6).is_integer() else 1)
    if threshold.kind == "choice":
        return choice_label(str(value))
    return format_number(float(value), 2) if threshold.kind == "number" else str(value)


def moved() -> list[tuple[str, str]]:
    """What this run's reader moved away from the defaults, (label, value): the downloads state it."""
    found = []
    for name, texts in address.query().items():
        # A page may call something of its own by a threshold's name, as its views: that is no cut.
        with suppress(BadRequest):
            found += [(_(THRESHOLDS[name].label), written(THRESHOLDS[name], THRESHOLDS[name].read(texts[0])))] if name in THRESHOLDS else []
    return found
