"""In a browser: goals 7 and 8, the cold page and a changed filter, ours beside the same page in Dash and Vizro and as it is usually written;
and a changed filter on our pages with the largest charts, beside Dash's."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
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
TITLE = '[data-testid="stMain"] h2'
"""What every page of ours has; it is busy while it draws."""
KINDS = ("cold", "new", "answered")
LARGE_PAGES = (
    "value_pyramid", "portfolio_quadrants", "share_of_wallet", "coverage", "early_warnings", "segments", "funnel", "life_cycle", "forecast", "prospects",
    "white_space",
)  # fmt: skip
"""Pages with charts and tables of every account or deal."""
FIRST, OTHERS = "Region 01", tuple(f"Region {n:02d}" for n in range(2, 13))


@dataclass(frozen=True)
class Browsed:
    """By page and kind (cold, a new filter, a filter answered before) what it took; and why a page was not measured.

    `pages`: by the path of a page of ours what a filter took on it, and on the page in Dash in turn with it.
    """

    taken: dict[str, dict[str, Taken]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    pages: dict[str, dict[str, dict[str, Taken]]] = field(default_factory=dict)


def browsed(store: Store, cold_rounds: int, filter_rounds: int, page_rounds: int) -> Browsed:
    """Measure every page that there is here, in turn."""
    with ExitStack() as open_:
        try:
            browser = open_.enter_context(started())
        except LookupError as reason:
            return Browsed(missing=dict.fromkeys(("ours", "usual", "Dash", "Vizro"), str(reason)))
        sites, missing = _sites(store, open_)
        taken = _middles(sites, (*_cold(browser, sites, cold_rounds), *_filtered(browser, sites, filter_rounds)))
        pages = {path: _page(browser, sites, path, page_rounds) for path in LARGE_PAGES if "Dash" in sites}
    return Browsed(taken, missing, pages)


def _page(browser: Browser, sites: dict[str, Site], path: str, rounds: int) -> dict[str, dict[str, Taken]]:
    """A filter on a page of ours and on the page in Dash, in turn."""
    both = {"ours": replace(sites["ours"], drawn=TITLE, count=1, path=path), "Dash": sites["Dash"]}
    return _middles(both, _filtered(browser, both, rounds))


def _middles(sites: Iterable[str], taken: Iterable[tuple[str, str, Taken]]) -> dict[str, dict[str, Taken]]:
    found: dict[str, dict[str, list[Taken]]] = {name: {kind: [] for kind in KINDS} for name in sites}
    for name, kind, one in taken:
        found[name][kind].append(one)
    return {name: {kind: _middle(all_) for kind, all_ in kinds.items() if all_} for name, kinds in found.items()}


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
