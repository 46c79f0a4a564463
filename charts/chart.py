"""A chart: a Vega-Lite spec authored once per shape, theme, language and options, and the frame that it draws.

A page draws it with pages/parts/draw.py, which says its finding (`chart.alt`) before it; the frame travels as Arrow. Shapes are single
views (layers at most): only these stretch to the page's width.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, wraps
from textwrap import wrap

import altair as alt
import polars as pl
import polars.selectors as cs
import pyarrow as pa
from altair.utils.schemapi import debug_mode

from charts.described import described
from charts.theme import theme, vega_config
from data.language import currency, current

Spec = Mapping[str, object]

TITLE_LETTERS = 50
"""Where an axis title breaks into lines: one that is longer than a phone's chart would squeeze the chart to make room."""

MOST_SHAPES = 200
"""Rows up to which a browser draws each as a shape of its own, which readers' aids can tell one after the other; nobody hears out more, and the
table under the chart has them. More are painted on a canvas: a changed filter is redrawn a tenth sooner, and two thousand in two thirds of the time."""

SOURCE = "source"
"""Streamlit's name for the frame that arrives beside a spec."""


class AuthoredSpec(dict):
    """A spec that knows how it is authored in another theme: `again(theme name)`."""

    def __init__(self, spec: Spec, again: Callable[[str], Spec]) -> None:
        super().__init__(spec)
        self.again = again


@dataclass(frozen=True)
class Chart:
    """What a page draws. `alt` is the finding; `select` names the spec's selection parameter, None where nothing is clicked.

    `box` names the selection that a drawn box makes, None where none can be drawn.

    The frame holds no decimals: browsers read their digits as whole numbers, so they become floats here, once.
    """

    spec: Spec
    frame: pl.DataFrame
    alt: str
    height: int
    select: str | None = None
    box: str | None = None

    def __post_init__(self) -> None:
        """Turn decimals into floats."""
        object.__setattr__(self, "frame", self.frame.with_columns(cs.decimal().cast(pl.Float64)))

    @cached_property
    def arrow(self) -> pa.Table:
        """The frame as it travels, made once however often the chart is drawn."""
        return self.frame.to_arrow()

    @cached_property
    def on_screen(self) -> Spec:
        """The spec as a browser takes it: many rows are painted on a canvas. Streamlit would decide so too, but does not count filtered layers.

        On a canvas no reader's aid finds a shape, so that none is described there: a sentence for each would take longer than to paint it.
        """
        if self.frame.height <= MOST_SHAPES:
            return self.spec
        config = {**self.spec["config"], "mark": {**self.spec["config"]["mark"], "aria": False}}
        return {**self.spec, "config": config, "usermeta": {"embedOptions": {"renderer": "canvas"}}}

    def in_theme(self, name: str) -> "Chart":
        """The same chart in that theme's colours: its spec is authored again, as frames hold none."""
        return replace(self, spec=self.spec.again(name))


def authored(author: Callable[..., alt.TopLevelMixin]) -> Callable[..., Spec]:
    """Make `author(theme name, *options)` return its Vega-Lite spec, cached by the reader's language and currency too."""

    # Altair checks every object against its schema as it is made, which takes longer than all the rest; tests do it once per shape.
    @lru_cache(maxsize=128)
    def cached(language: str, money: str, theme_name: str, *options: object, **named: object) -> Spec:
        with debug_mode(False):
            spec = _bare(author(theme(theme_name), *options, **named).to_dict(validate=False))
        whole = {
            **spec,
            "data": {"name": SOURCE},
            "config": vega_config(theme(theme_name), language, money),
            "padding": {"left": 2, "right": 8, "top": 4, "bottom": 4},
        }
        return AuthoredSpec(whole, lambda other: asked(other, *options, **named))

    @wraps(author)
    def asked(theme_name: str, *options: object, **named: object) -> Spec:
        return cached(current(), currency(), theme(theme_name).name, *options, **named)

    return asked


def _bare(spec: dict[str, object]) -> dict[str, object]:
    """The spec without what Altair repeats in every layer, as all layers read the one frame; long titles in lines, shapes described."""
    layers = {"layer": [_bare(layer) for layer in spec["layer"]]} if "layer" in spec else {}
    folded = {"encoding": {name: _folded(channel) for name, channel in spec["encoding"].items()}} if "encoding" in spec else {}
    return described({name: value for name, value in spec.items() if name not in ("$schema", "data", "config")} | layers | folded)


def _folded(channel: object) -> object:
    """An encoding whose axis title has no line that is longer than a phone is wide."""
    if not isinstance(channel, dict):
        return channel
    folded = {name: _lines(text) for name, text in channel.items() if name == "title" and isinstance(text, str)}
    axis = channel.get("axis")
    if isinstance(axis, dict) and isinstance(axis.get("title"), str):
        folded["axis"] = {**axis, "title": _lines(axis["title"])}
    return {**channel, **folded}


def _lines(title: str) -> str | list[str]:
    lines = wrap(title, TITLE_LETTERS)
    return lines if len(lines) > 1 else title
