"""One theme: readable text, the palettes' sizes, and a config.toml that says the same."""

import tomllib
from pathlib import Path

import pytest

from charts.theme import (
    DARK,
    LIGHT,
    QUADRANTS,
    THEMES,
    Theme,
    compact,
    hatch,
    plotly_template,
    theme,
    vega_config,
    vega_locale,
)

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two #RRGGBB colours, 1–21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("look", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("text", ["ink", "muted", "accent", "better_text", "worse_text"])
def test_text_is_readable_on_the_page_and_on_panels(look: Theme, text: str) -> None:
    assert contrast(getattr(look, text), look.background) >= 4.5
    assert contrast(getattr(look, text), look.panel) >= 4.5


@pytest.mark.parametrize("look", THEMES.values(), ids=THEMES)
def test_marks_that_carry_the_message_stand_out_from_the_page(look: Theme) -> None:
    assert min(contrast(colour, look.background) for colour in (look.actual, look.better, look.worse, look.outline)) >= 3


@pytest.mark.parametrize("look", THEMES.values(), ids=THEMES)
def test_palettes_have_exactly_ten_colours(look: Theme) -> None:
    assert {len(set(palette)) for palette in (look.categorical, look.sequential, look.diverging)} == {10}


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_quadrants_keep_clear_of_the_colours_of_better_and_worse() -> None:
    taken = {look.better for look in THEMES.values()} | {look.worse for look in THEMES.values()}
    assert len(set(QUADRANTS.values())) == 4
    assert not set(QUADRANTS.values()) & taken


@pytest.mark.parametrize("look", THEMES.values(), ids=THEMES)
def test_the_best_tier_stands_out_most(look: Theme) -> None:
    against = [contrast(colour, look.background) for colour in look.tiers]
    assert against == sorted(against, reverse=True)
    assert look.tier_colours["A"] == look.tier_colours["vip"]


def test_an_unknown_theme_is_light() -> None:
    assert theme(None) is LIGHT
    assert theme("sepia") is LIGHT


def test_hatching_alternates_two_colours_from_end_to_end() -> None:
    stops = hatch("#111111", "#EEEEEE", 4)["stops"]
    assert [stop["offset"] for stop in stops] == [0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1]
    assert [stop["color"] for stop in stops[::2]] == ["#111111", "#EEEEEE"] * 2


def test_numbers_and_months_follow_the_language() -> None:
    spanish, english = vega_locale("es", "EUR"), vega_locale("en", "USD")
    assert (spanish["number"]["decimal"], spanish["number"]["thousands"]) == (",", ".")
    assert spanish["number"]["currency"] == ["", "\u00a0€"]
    assert english["number"]["currency"] == ["US$", ""]
    assert spanish["time"]["shortMonths"][0] == "ene"
    assert spanish["time"]["days"][0] == "domingo"
    assert "mil" in compact("es")
    assert "K" in compact("en")


def test_the_locale_travels_in_the_spec_where_the_browser_reads_it() -> None:
    assert vega_config(LIGHT, "es", "EUR")["locale"] == vega_locale("es", "EUR")


def test_plotly_wears_the_same_colours() -> None:
    layout = plotly_template(DARK, "es").layout
    assert layout.colorway == DARK.categorical
    assert layout.separators == ",."


@pytest.mark.parametrize("look", THEMES.values(), ids=THEMES)
def test_config_and_theme_agree(look: Theme) -> None:
    said = CONFIG["theme"][look.name]
    meant = {
        "primaryColor": look.accent, "backgroundColor": look.background, "secondaryBackgroundColor": look.panel, "textColor": look.ink,
        "linkColor": look.accent, "borderColor": look.rule, "greenColor": look.better, "greenTextColor": look.better_text,
        "redColor": look.worse, "redTextColor": look.worse_text, "blueColor": look.better, "blueTextColor": look.better_text,
        "orangeColor": look.worse, "orangeTextColor": look.worse_text, "chartCategoricalColors": list(look.categorical),
        "chartSequentialColors": list(look.sequential), "chartDivergingColors": list(look.diverging),
    }  # fmt: skip
    assert {name: said[name] for name in meant} == meant


def test_metric_colours_are_readable_on_their_backgrounds() -> None:
    for look in THEMES.values():
        said = CONFIG["theme"][look.name]
        assert contrast(said["greenTextColor"], said["greenBackgroundColor"]) >= 4.5
        assert contrast(said["redTextColor"], said["redBackgroundColor"]) >= 4.5


def test_only_the_two_themes_are_set_so_that_the_reader_can_choose() -> None:
    assert set(CONFIG["theme"]) == {"light", "dark"}


def test_errors_statistics_and_collector_are_off() -> None:
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["toolbarMode"] == "minimal"
    assert CONFIG["runner"]["postScriptGC"] is False
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["enableStaticServing"] is False
    assert CONFIG["server"]["enableXsrfProtection"] is True
