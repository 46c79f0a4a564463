"""The pages by section."""

import streamlit as st

from data.language import _, current

UNFILTERED = frozenset({"import_files", "definitions", "settings"})
"""Addresses of the pages that no filter changes: they show no filter bar."""

_SECTIONS = "_sections"


def sections() -> dict[str, list[st.Page]]:
    """Every page under its section's heading; the first is where a visit begins."""
    known = st.session_state.get(_SECTIONS)
    # Each page looks for its file: once a visit and language is enough.
    if known is None or known[0] != current():
        known = st.session_state[_SECTIONS] = (current(), _sections())
    return known[1]


def _sections() -> dict[str, list[st.Page]]:
    return {
        _("Results"): _results(),
        _("Customers"): _customers(),
        _("Pipeline"): _pipeline(),
        _("Seasons"): _seasons(),
        _("Trade"): _trade(),
        _("Team"): _team(),
        _("Data"): _data(),
    }


def _results() -> list[st.Page]:
    return [
        _page("overview/overview.py", _("Overview"), ":material/monitoring:", default=True),
    ]


def _customers() -> list[st.Page]:
    return [
        _page("customers/value_pyramid.py", _("Value pyramid"), ":material/filter_list:"),
        _page("customers/portfolio_quadrants.py", _("Portfolio quadrants"), ":material/grid_view:"),
        _page("customers/share_of_wallet.py", _("Share of wallet"), ":material/wallet:"),
        _page("customers/coverage.py", _("Coverage"), ":material/groups:"),
        _page("customers/early_warnings.py", _("Early warnings"), ":material/notifications_active:"),
        _page("customers/segments.py", _("Segments"), ":material/group_work:"),
        _page("customers/account.py", _("Customer 360"), ":material/storefront:"),
    ]


def _pipeline() -> list[st.Page]:
    return [
        _page("pipeline/funnel.py", _("Funnel"), ":material/filter_alt:"),
        _page("pipeline/life_cycle.py", _("Life cycle"), ":material/cycle:"),
        _page("pipeline/forecast.py", _("Forecast"), ":material/online_prediction:"),
        _page("pipeline/prospects.py", _("Prospects"), ":material/person_search:"),
        _page("pipeline/white_space.py", _("White space"), ":material/travel_explore:"),
    ]


def _seasons() -> list[st.Page]:
    return [
        _page("seasons/seasonality.py", _("Seasonality"), ":material/calendar_month:"),
        _page("seasons/off_season_targets.py", _("Off-season targets"), ":material/flag:"),
        _page("seasons/peak_plan.py", _("Peak-season plan"), ":material/wb_sunny:"),
        _page("seasons/pace.py", _("Pace"), ":material/speed:"),
    ]


def _trade() -> list[st.Page]:
    return [
        _page("trade/products.py", _("Products"), ":material/category:"),
        _page("trade/rebates.py", _("Rebates"), ":material/redeem:"),
        _page("trade/programmes.py", _("Programmes"), ":material/campaign:"),
    ]


def _team() -> list[st.Page]:
    return [
        _page("team/development_plan.py", _("Development plan"), ":material/add_business:"),
        _page("team/monthly_evaluation.py", _("Monthly evaluation"), ":material/fact_check:"),
    ]


def _data() -> list[st.Page]:
    return [
        _page("store/import_files.py", _("Import"), ":material/upload_file:"),
        _page("store/data_quality.py", _("Data quality"), ":material/fact_check:"),
        _page("store/definitions.py", _("Definitions"), ":material/menu_book:"),
        _page("store/settings.py", _("Settings"), ":material/tune:"),
    ]


def _page(path: str, title: str, icon: str, *, default: bool = False) -> st.Page:
    name = path.rsplit("/", 1)[1].removesuffix(".py")
    return st.Page(f"pages/{path}", title=title, icon=icon, url_path=name, default=default)
