"""Goals 7 and 8 in a browser: the cold page and a changed filter, ours beside the same page in Dash and Vizro and as it is usually written."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import mean, median

from playwright.sync_api import Browser

from benchmarks.browser import Site, Taken, Watched, started
from benchmarks.rivals import NotInstalled
from benchmarks.servers import ours, rival, usual
from data.store import Store

STREAMLIT_BUSY = (
    '[data-testid="stApp"]:not([data-test-script-state="notRunning"]), [data-stale="true"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]'
)
DASH_BUSY = '[data-dash-is-loading="true"]'
OUR_CHARTS, OUR_COUNT = '[class*="st-key-metric_row"] img, [data-testid="stVegaLiteChart"] .marks', 7
"""Five sparklines and two charts; the usual page has its four charts in three layers each."""
PLOTLY_CHARTS, PLOTLY_COUNT = ".js-plotly-plot .main-svg", 12
LIST = '[data-testid="stMultiSelect"] input'
KINDS = ("cold", "new", "answered")
FIRST, OTHERS = "Region 01", tuple(f"Region {n:02d}" for n in range(2, 13))


@dataclass(frozen=True)
class Browsed:
    """By page and kind (cold, a new filter, a filter answered before) what it took; and why a page was not measured."""

    taken: dict[str, dict[str, Taken]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def browsed(store: Store, cold_rounds: int, filter_rounds: int) -> Browsed:
    """Measure every page that there is here, in turn."""
    with ExitStack() as open_:
        try:
            browser = open_.enter_context(started())
        except LookupError as reason:
            return Browsed(missing=dict.fromkeys(("ours", "usual", "Dash", "Vizro"), str(reason)))
        sites, missing = _sites(store, open_)
        taken: dict[str, dict[str, list[Taken]]] = {name: {kind: [] for kind in KINDS} for name in sites}
        for name, kind, one in (*_cold(browser, sites, cold_rounds), *_filtered(browser, sites, filter_rounds)):
            taken[name][kind].append(one)
    return Browsed({name: {kind: _middle(all_) for kind, all_ in kinds.items() if all_} for name, kinds in taken.items()}, missing)


def _sites(store: Store, open_: ExitStack) -> tuple[dict[str, Site], dict[str, str]]:
    file = {"USUAL_FILE": str(store.current_path().absolute())}
    chip = ".st-key-chip_region button"
    found, missing = {}, {}
    found["ours"] = Site(open_.enter_context(ours("asgi:app", store)), OUR_CHARTS, OUR_COUNT, STREAMLIT_BUSY, (chip, LIST), "Backspace")
    for name, module in (("Dash", "dash_page"), ("Vizro", "vizro_page")):
        try:
            found[name] = Site(open_.enter_context(rival(module, file)), PLOTLY_CHARTS, PLOTLY_COUNT, DASH_BUSY, ("#region",))
        except (NotInstalled, RuntimeError) as reason:
            missing[name] = str(reason)
    found["usual"] = Site(open_.enter_context(usual("usual_page.py", file)), PLOTLY_CHARTS, PLOTLY_COUNT, STREAMLIT_BUSY, (LIST,), "Backspace")
    return found, missing


def _cold(browser: Browser, sites: dict[str, Site], rounds: int) -> Iterator[tuple[str, str, Taken]]:
    """Every visit is a new visitor's, whose browser has nothing kept; the servers have had a visitor before."""
    for turn in range(rounds + 1):
        for name, site in sites.items():
            with _window(browser, site) as window:
                taken = window.open()
            if turn:
                yield name, "cold", taken


def _filtered(browser: Browser, sites: dict[str, Site], rounds: int) -> Iterator[tuple[str, str, Taken]]:
    """A second region that no rerun had beside the first one, and back to the first alone, which the page has shown before."""
    with ExitStack() as open_:
        windows = {name: open_.enter_context(_window(browser, site)) for name, site in sites.items() if name != "Vizro"}
        for window in windows.values():
            window.open()
            window.choose(FIRST)
        for region in OTHERS[:rounds]:
            for name, window in windows.items():
                yield name, "new", window.choose(region)
                yield name, "answered", window.take_back(region)


@contextmanager
def _window(browser: Browser, site: Site) -> Iterator[Watched]:
    window = Watched(browser, site)
    try:
        yield window
    finally:
        window.close()


def _middle(taken: list[Taken]) -> Taken:
    """The median time; of processor time the mean, because the system counts it in hundredths of a second."""
    return Taken(median(one.whole for one in taken), median(one.browser for one in taken), mean(one.server for one in taken))
