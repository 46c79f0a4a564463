"""The look, in one place: colours, fonts and number formats of every chart, page and report; the notation is that of IBCS.

Hues are Okabe and Ito's colour-blind safe palette. `.streamlit/config.toml` repeats what Streamlit needs of it; a test holds
the two together. `vega_config` and `plotly_template` make the same look for both drawing libraries.
"""

from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from data.language import LOCALES

FONT = "Inter, 'Source Sans', 'Segoe UI', system-ui, -apple-system, 'Liberation Sans', sans-serif"
LABEL_SIZE, TITLE_SIZE, NOTE_SIZE, STRONG_SIZE, SMALL_SIZE = 12, 12, 11, 14, 10

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILLION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"

MIDDLE_GREY = "#7F8C9A"
"""A reference line that must show on dark bars and on a pale background alike."""

QUADRANTS = {"EI": GREEN, "EII": ORANGE, "EIII": SKY, "EIV": PURPLE}
"""The quadrants' fixed colours, the same in both themes; none of them means better or worse."""

PROSPECTS = {"PI": GREEN, "PII": ORANGE, "PIII": SKY, "PIV": PURPLE}
"""The quadrants of prospects stand where EI to EIV stand and have their colours, as fixed."""

TIERS = ("vip", "large", "medium", "small")
CLASSES = ("A", "B", "C")


@dataclass(frozen=True)
class Theme:
    """The colours of one theme. Text colours hold a contrast of 4.5:1 on `background` and on `panel`.

    `actual` … `off_season` are the notation of IBCS; `tiers` runs from vip to small, `sequential` from little to much,
    `diverging` from worse to better, each exactly ten colours except `tiers`.
    """

    name: str
    background: str
    panel: str
    ink: str
    muted: str
    rule: str
    accent: str
    rest: str
    actual: str
    previous: str
    outline: str
    better: str
    worse: str
    better_text: str
    worse_text: str
    peak: str
    off_season: str
    tiers: tuple[str, ...]
    categorical: tuple[str, ...]
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]

    @property
    def tier_colours(self) -> dict[str, str]:
        """Colour of each tier and of A, B, C, from the one scale."""
        classes = (self.tiers[0], self.tiers[2], self.tiers[3])
        return dict(zip(TIERS + CLASSES, self.tiers + classes, strict=True))


LIGHT = Theme(
    name="light",
    background="#FFFFFF",
    panel="#F3F5F8",
    ink="#17202B",
    muted="#556270",
    rule="#E3E8ED",
    accent="#1F4E8C",
    rest="#C3CAD2",
    actual="#34404D",
    previous="#BAC3CC",
    outline="#17202B",
    better=BLUE,
    worse=VERMILLION,
    better_text="#00659E",
    worse_text="#AD4C00",
    peak="#FFF3DC",
    off_season="#E6F1FA",
    tiers=("#1B3A63", "#3E6EA5", "#86AFD6", "#C2D8EC"),
    categorical=(BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, "#8C7A00", "#34404D", "#7F8C9A", "#9B5DA5"),
    sequential=(
        "#EAF1F8", "#D5E3F0", "#BFD4E8", "#A3C1DD", "#86AFD6", "#6691C1", "#4F7FB3", "#3E6EA5", "#2B5484", "#1B3A63",
    ),
    diverging=(
        "#A34700", "#D55E00", "#E8894A", "#F3B791", "#FAE1D2", "#D3E5F2", "#9BC6E3", "#56A3D1", "#0072B2", "#00507D",
    ),
)  # fmt: skip

DARK = Theme(
    name="dark",
    background="#10151C",
    panel="#1A222C",
    ink="#EAEFF4",
    muted="#A9B5C2",
    rule="#2A343F",
    accent="#8CBBEF",
    rest="#4A5561",
    actual="#D3DBE4",
    previous="#616D7A",
    outline="#EAEFF4",
    better="#4AA8E0",
    worse="#F07F2E",
    better_text="#6BBBEC",
    worse_text="#F5914A",
    peak="#332A17",
    off_season="#16293A",
    tiers=("#D9E8F8", "#93BBE4", "#5584B5", "#34567D"),
    categorical=("#4AA8E0", ORANGE, "#1DB88E", "#DB93BA", SKY, "#F07F2E", YELLOW, "#D3DBE4", "#8793A0", "#B98AC4"),
    sequential=(
        "#1C2B3D", "#243A54", "#2C496B", "#34567D", "#446D99", "#5584B5", "#739FCC", "#93BBE4", "#B6D2EE", "#D9E8F8",
    ),
    diverging=(
        "#FFB27A", "#F07F2E", "#B5611F", "#7A4722", "#46352B", "#223B4E", "#23577A", "#2C7DAE", "#4AA8E0", "#93CFF5",
    ),
)  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK}


def theme(name: str | None) -> Theme:
    """The theme of that name; an unknown one is light."""
    return THEMES.get(name or "light", LIGHT)


COLUMN_LINES = 56
"""Stripes of a hatched column, which is as high as the chart; a bar has fewer."""


def hatch(colour: str, gap: str, lines: int = 14) -> dict[str, object]:
    """A striped Vega gradient: our hatching for incomplete and forecast areas, since Vega has no patterns."""
    edges = [step / lines for step in range(lines + 1)]
    stops = []
    for step, (start, end) in enumerate(zip(edges[:-1], edges[1:], strict=True)):
        stripe = colour if step % 2 == 0 else gap
        stops += [{"offset": start, "color": stripe}, {"offset": end, "color": stripe}]
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 0, "y2": 1, "stops": stops}


@lru_cache(maxsize=8)
def vega_locale(language: str, currency: str) -> dict[str, object]:
    """Number and time locale for Vega's `config.locale`; embed options for it are not passed on by Streamlit."""
    spoken = Locale.parse(LOCALES.get(language, LOCALES["en"]))
    symbol = spoken.currency_symbols.get(currency, currency)
    marks = {"decimal": ",", "thousands": ".", "percent": "\u00a0%"} if language == "es" else {"decimal": ".", "thousands": ","}
    # The same minus as in sentences and tables; d3 would write a longer one.
    number = {**marks, "minus": "-", "grouping": [3], "currency": ["", f"\u00a0{symbol}"] if language == "es" else [symbol, ""]}
    return {"number": number, "time": _vega_times(spoken, language)}


def _vega_times(spoken: Locale, language: str) -> dict[str, object]:
    months, days = spoken.months["stand-alone"], spoken.days["stand-alone"]
    from_sunday = [6, 0, 1, 2, 3, 4, 5]
    return {
        "dateTime": "%-d %b %Y, %H:%M", "date": "%-d %b %Y", "time": "%H:%M:%S", "periods": ["am", "pm"],
        "days": [days["wide"][day] for day in from_sunday],
        "shortDays": [days["abbreviated"][day] for day in from_sunday],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }  # fmt: skip


def compact(language: str, value: str = "datum.value") -> str:
    """Vega expression that writes `value` short: 850K, 1.2M or 850 mil, 1,2 M."""
    thousand, million = ("\u00a0mil", "\u00a0M") if language == "es" else ("K", "M")
    return (
        f"abs({value}) >= 999500 ? format({value} / 1e6, ',.2~f') + '{million}' : "
        f"abs({value}) >= 1000 ? format({value} / 1e3, ',.1~f') + '{thousand}' : format({value}, ',.2~f')"
    )


def tooltip_format(unit: str) -> str:
    """d3 format of a metric's unit (measures.metrics.Metric.unit)."""
    return {"money": "$,.0f", "rate": ".1%", "index": ".2f", "number": ",.2f", "days": ",.0f"}.get(unit, ",.0f")


def vega_config(look: Theme, language: str, currency: str) -> dict[str, object]:
    """Vega-Lite config: pale grid, no borders, titles that read left to right, the reader's number locale."""
    text = {"font": FONT, "fontSize": LABEL_SIZE, "fill": look.ink}
    axis = {
        "labelFont": FONT, "titleFont": FONT, "labelFontSize": LABEL_SIZE, "titleFontSize": TITLE_SIZE, "titleFontWeight": "normal",
        "labelColor": look.muted, "titleColor": look.muted, "gridColor": look.rule, "gridWidth": 1, "domain": False, "ticks": False,
        "labelPadding": 6, "titlePadding": 8, "labelLimit": 190,
        # Vega describes axes in English, dates as numbers.
        "aria": False,
    }  # fmt: skip
    return {
        "locale": vega_locale(language, currency), "background": look.background, "font": FONT, "text": text,
        "axis": axis, "axisX": {"grid": False, "titleAnchor": "end", "labelFlush": True},
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleAnchor": "end", "titleX": 0, "titleY": -8},
        "view": {"stroke": None}, "mark": {"tooltip": None}, "bar": {"cornerRadius": 0}, "legend": {"disable": True},
    }  # fmt: skip


def plotly_template(look: Theme, language: str) -> object:
    """The same look as a Plotly template; imports Plotly, so only pages that need it pay for it."""
    from plotly.graph_objects import layout

    axis = {"gridcolor": look.rule, "zerolinecolor": look.rule, "linecolor": look.rule, "tickfont": {"color": look.muted}}
    return layout.Template(
        layout={
            "font": {"family": FONT, "size": LABEL_SIZE, "color": look.ink}, "colorway": list(look.categorical),
            "paper_bgcolor": look.background, "plot_bgcolor": look.background, "xaxis": axis, "yaxis": axis,
            "colorscale": {"sequential": list(look.sequential), "diverging": list(look.diverging)},
            "separators": ",." if language == "es" else ".,", "showlegend": False, "hoverlabel": {"font": {"family": FONT}},
        }
    )  # fmt: skip
