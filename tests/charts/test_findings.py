"""Findings: exact sentences on small answers, in both languages, and a sentence where there is nothing to say."""

from dataclasses import fields, replace
from datetime import date

import polars as pl
import pytest

from charts.findings import data_quality, overview
from charts.findings.accounts import account
from charts.findings.customers import portfolio_quadrants, value_pyramid
from charts.findings.phrases import compared, few
from charts.findings.pipeline import funnel
from charts.findings.seasons import off_season_targets, seasonality
from data import language
from measures.accounts.account import Account
from measures.customers.portfolio_quadrants import PortfolioQuadrants
from measures.customers.value_pyramid import ValuePyramid
from measures.data_quality import DataQuality
from measures.overview import Overview
from measures.pipeline.funnel import Funnel
from measures.seasons.seasonality import Seasonality

NONE = pl.DataFrame()
TODAY = date(2026, 10, 31)


def an_overview(**sales: float | None) -> Overview:
    row = {"metric": "net_sales", "value": 920.0, "change_rate": None, "attainment": None} | sales
    kpis = pl.DataFrame([row], schema={"metric": pl.String, "value": pl.Float64, "change_rate": pl.Float64, "attainment": pl.Float64})
    regions = pl.DataFrame(
        {"region": ["North", "Coast", "Valley"], "net_sales": [500.0, 300.0, 120.0], "target": [550.0, 330.0, 120.0],
         "attained": [500.0, 300.0, 120.0], "compared_value": [500.0, 300.0, 120.0], "compared_previous": [400.0, 310.0, 115.0]}
    )  # fmt: skip
    return Overview(kpis, NONE, regions, NONE, NONE, NONE, NONE, NONE, None, TODAY)


def said(sentence: object, answer: object) -> tuple[str, str]:
    """The sentence in English and in Spanish."""
    texts = []
    for code in ("en", "es"):
        language.use(code, "EUR")
        texts.append(sentence(answer).replace("\u00a0", " "))
    return tuple(texts)


def test_overview_says_who_is_missing_from_the_target() -> None:
    assert said(overview.sentence, an_overview(attainment=0.92)) == (
        "Net sales reach 92% of target; North explains 62% of what is missing",
        "Las ventas netas alcanzan el 92 % del objetivo; North explica el 62 % de lo que falta",
    )


def test_overview_names_two_regions_where_one_does_not_explain_half() -> None:
    answer = an_overview(attainment=0.9)
    even = answer.by_region.with_columns(target=pl.Series([540.0, 340.0, 160.0]))
    assert overview.sentence(replace(answer, by_region=even)) == (
        "Net sales reach 90% of target; North and Coast explain 67% of what is missing"
    )


def test_overview_does_not_look_for_culprits_where_the_target_is_met() -> None:
    assert overview.sentence(an_overview(attainment=1.03)) == "Net sales reach 103% of target"


def test_overview_never_rounds_a_missed_target_up_to_a_met_one() -> None:
    assert overview.sentence(an_overview(attainment=0.9963)) == "Net sales reach 99.6% of target"
    assert overview.sentence(an_overview(attainment=0.9999)) == "Net sales reach 99.9% of target"


def test_overview_compares_with_last_year_where_there_is_no_target() -> None:
    assert said(overview.sentence, an_overview(change_rate=0.115)) == (
        "Net sales of €920 are 11.5% above last year; North brings 95% of the growth",
        "Las ventas netas, 920 €, superan en un 11,5 % las del año anterior; North aporta el 95 % del crecimiento",
    )


def test_overview_says_that_nothing_stands_out() -> None:
    assert overview.sentence(an_overview(change_rate=0.004)) == "Net sales of €920 are level with last year; nothing stands out"


def test_overview_without_comparison_names_the_largest_region() -> None:
    assert overview.sentence(an_overview()) == "Net sales are €920; North brings 54% of them"


def test_overview_of_nothing_says_so() -> None:
    assert said(overview.sentence, an_overview(value=None)) == ("Nothing was sold in this selection", "No hay ventas en esta selección")


def a_pyramid(accounts: list[int], shares: list[float]) -> ValuePyramid:
    tiers = pl.DataFrame({"tier": ["vip", "large", "medium", "small"], "accounts": accounts, "share": shares}, schema_overrides={"share": pl.Float64})
    movers = pl.DataFrame({"from_tier": ["small", "vip", "large", "new"], "to_tier": ["large", "large", "vip", "vip"]})
    tables = dict.fromkeys((field.name for field in fields(ValuePyramid)), NONE)
    return ValuePyramid(**tables | {"tiers": tiers, "movers": movers, "summary": pl.DataFrame({"accounts": [sum(accounts)]})})


def test_pyramid_says_how_few_bring_how_much_and_who_moved() -> None:
    assert said(value_pyramid.sentence, a_pyramid([2, 6, 12, 20], [0.4, 0.3, 0.2, 0.1])) == (
        "2 accounts of 40 (VIP) bring 40% of net sales; 2 moved up a tier and 1 down",
        "2 clientes de 40 (VIP) aportan el 40 % de las ventas netas; 2 al alza y 1 a la baja",
    )


def test_pyramid_of_one_account_is_not_a_finding_about_few() -> None:
    answer = replace(a_pyramid([1, 0, 0, 0], [1.0, 0, 0, 0]), movers=NONE.with_columns(from_tier=None, to_tier=None).clear())
    assert value_pyramid.sentence(answer) == "The only account with sales brings everything"


def test_pyramid_of_nothing_says_so() -> None:
    assert value_pyramid.sentence(a_pyramid([0, 0, 0, 0], [0, 0, 0, 0])) == "Nothing was sold in this selection"


def a_portfolio(counts: list[int]) -> PortfolioQuadrants:
    sums = pl.DataFrame(
        {"quadrant": ["EI", "EII", "EIII", "EIV", "none"], "accounts": counts, "net_sales": [600.0, 300.0, 60.0, 40.0, 0.0],
         "share": [0.6, 0.3, 0.06, 0.04, 0.0]}
    )  # fmt: skip
    accounts = pl.DataFrame({"account": ["Bravo", "Aurora"], "quadrant": ["EII", "EII"], "net_sales": [100.0, 200.0]})
    return PortfolioQuadrants(accounts, sums, NONE, NONE)


def test_portfolio_says_what_is_to_recover_and_names_the_largest() -> None:
    assert said(portfolio_quadrants.sentence, a_portfolio([5, 2, 3, 1, 0])) == (
        "2 important accounts buy erratically: €300, 30% of net sales, is at stake; Aurora is the largest",
        "2 clientes importantes compran de forma irregular: está en juego el 30 % de las ventas netas, 300 €; Aurora es el mayor",
    )


def test_portfolio_without_erratic_accounts_says_how_solid_it_is() -> None:
    assert portfolio_quadrants.sentence(a_portfolio([5, 0, 3, 1, 0])) == (
        "No important account is erratic; 5 accounts to consolidate bring 60% of net sales"
    )


def test_portfolio_without_shares_leaves_them_out() -> None:
    erratic, solid = (
        replace(answer, quadrants=answer.quadrants.with_columns(share=pl.lit(None, pl.Float64)))
        for answer in (a_portfolio([5, 2, 3, 1, 0]), a_portfolio([5, 0, 3, 1, 0]))
    )
    assert said(portfolio_quadrants.sentence, erratic) == (
        "2 important accounts buy erratically: €300 is at stake; Aurora is the largest",
        "2 clientes importantes compran de forma irregular: están en juego 300 €; Aurora es el mayor",
    )
    assert said(portfolio_quadrants.sentence, solid) == (
        "No important account is erratic; 5 accounts to consolidate", "Ningún cliente importante es irregular; 5 clientes por consolidar",
    )


def test_portfolio_of_new_accounts_says_that_it_is_too_early() -> None:
    assert portfolio_quadrants.sentence(a_portfolio([0, 0, 0, 0, 2])) == (
        "No account can be placed yet: it takes at least six complete months of sales"
    )


def test_portfolio_of_nothing_says_so() -> None:
    empty = replace(a_portfolio([0, 0, 0, 0, 0]), accounts=NONE)
    assert portfolio_quadrants.sentence(empty) == "Nothing was sold in the last twelve complete months of this selection"


def a_funnel(view: str = "cohort", win_rate: float | None = 0.6, created: int = 20) -> Funnel:
    stages = pl.DataFrame(
        {"stage": ["Contact", "Offer", "won"], "position": [1, 2, 3], "entered": [20, 10, 6], "conversion_rate": [0.5, 0.6, None],
         "value": [2000.0, 1000.0, 600.0]}
    )  # fmt: skip
    summary = pl.DataFrame({"created": [created], "won": [6], "win_rate": [win_rate], "won_value": [600.0]}, schema_overrides={"win_rate": pl.Float64})
    tables = {field.name: NONE for field in fields(Funnel)}
    flow = pl.DataFrame({"open": [36], "open_value": [3600.0]})
    return Funnel(**tables | {"stages": stages, "summary": summary, "flow": flow, "view": view, "as_of": TODAY})


def test_funnel_says_the_win_rate_and_where_deals_stop() -> None:
    assert said(funnel.sentence, a_funnel()) == (
        "60% of closed deals are won (6, worth €600); the hardest step is Contact, where 50% go on",
        "Se gana el 60 % de las oportunidades cerradas (6, por 600 €); el paso más difícil es Contact, donde avanza el 50 %",
    )


def test_funnel_does_not_call_open_deals_lost() -> None:
    assert funnel.sentence(a_funnel(win_rate=None)).startswith("20 deals opened, none closed yet")


def test_funnel_snapshot_speaks_of_open_deals_only() -> None:
    assert funnel.sentence(a_funnel("snapshot")) == "36 deals are open, worth €3.6K; more wait in Contact than in any other stage (56%)"


def test_where_two_stages_are_equally_full_neither_holds_the_most_open_deals() -> None:
    found = a_funnel("snapshot")
    level, flow = found.stages.with_columns(pl.Series("entered", [10, 10, 0])), pl.DataFrame({"open": [20], "open_value": [3000.0]})
    assert said(funnel.sentence, replace(found, stages=level, flow=flow)) == (
        "20 deals are open, worth €3K, in 2 stages",
        "Hay 20 oportunidades abiertas, por 3 mil €, en 2 etapas",
    )


def test_funnel_of_nothing_says_so() -> None:
    answer = a_funnel(created=0)
    assert funnel.sentence(replace(answer, stages=answer.stages.clear())) == "No deal was opened in this selection"


def a_season(status: str = "exists", **changes: object) -> Seasonality:
    company = {
        "scope": "company", "scope_kind": "company", "scope_name": "", "peak_start": 10, "peak_months": 3, "peak_share": 0.2977,
        "off_season_start": 5, "off_season_months": 4, "status": status, "is_set_by_hand": False,
    }  # fmt: skip
    south = company | {"scope": "region:S", "scope_kind": "region", "scope_name": "South", "peak_start": 6, "status": "exists"}
    return Seasonality(NONE, pl.DataFrame([company | changes, south]), NONE)


def test_season_names_peak_off_season_and_who_runs_against_it() -> None:
    assert said(seasonality.sentence, a_season()) == (
        "The peak, October to December, brings 30% of the year; the off-season is May to August; South peaks then",
        "La temporada alta, de octubre a diciembre, aporta el 30 % del año; la temporada baja es de mayo a agosto; "
        "South tiene entonces su temporada alta",
    )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("none", "There is no season to speak of: months differ by chance"),
        ("insufficient", "Too short to tell a season from chance: so far the peak is October to December, with 30% of the year"),
        ("provisional", "Seen in two years, not proven yet: the peak, October to December, brings 30% of the year"),
    ],
)
def test_season_that_is_not_there_is_not_invented(status: str, sentence: str) -> None:
    assert seasonality.sentence(a_season(status)) == sentence


def test_season_of_nothing_says_so() -> None:
    answer = a_season()
    assert seasonality.sentence(replace(answer, season=answer.season.clear())) == "Nothing was sold in this selection"


def a_board(**changes: object) -> tuple[dict[str, object], pl.DataFrame]:
    summary = {
        "requirement": 12000.0, "lift": 0.0714, "natural_total": 1000.0, "target_total": 1040, "applied_lift": 0.0714, "is_feasible": True,
    } | changes  # fmt: skip
    accounts = pl.DataFrame({"account": ["Aurora", "Bravo", "Costa"], "gap": [25.0, 10.0, 5.0]})
    return summary, accounts


def test_board_says_how_much_more_and_of_whom() -> None:
    assert said(lambda board: off_season_targets.sentence(*board), a_board()) == (
        "The peak's requirement asks for 40 units more in the off-season, 4.0% over natural sales; Aurora carries 62% of them",
        "La temporada alta exige 40 unidades más en la temporada baja, un 4,0 % sobre las ventas naturales; Aurora asume el 62 %",
    )


def test_board_without_a_need_asks_for_nothing() -> None:
    assert off_season_targets.sentence(*a_board(lift=-0.1)) == (
        "The requirement of 12,000 units asks for nothing more: natural sales of 1,000 units are the target"
    )


def test_board_out_of_reach_says_so() -> None:
    assert off_season_targets.sentence(*a_board(is_feasible=False, applied_lift=0.25)).startswith(
        "The peak's requirement is out of reach: the limits allow 40 units more in the off-season, 4.0% over natural sales"
    )


def an_account(**changes: object) -> Account:
    profile = {
        "account": "Aurora", "first_sold_on": date(2020, 1, 1), "net_sales_12m": 1200.0, "change_rate_12m": 0.2, "overdue_amount": None,
        "days_since_last_sale": 5.0, "parent_account": None, "net_sales_total": 9000.0, "last_sold_on": date(2026, 5, 12),
    } | changes  # fmt: skip
    return Account(pl.DataFrame([profile]), *[NONE] * 12)


def test_account_says_what_it_bought_against_the_year_before() -> None:
    assert said(account.sentence, an_account()) == (
        "Aurora bought €1.2K in the last 12 months, 20.0% more than in the 12 before",
        "Aurora ha comprado 1,2 mil € en los últimos 12 meses, un 20,0 % más que en los 12 anteriores",
    )


def test_account_that_owes_says_so() -> None:
    assert account.sentence(an_account(overdue_amount=300.0)).endswith("; €300 is overdue")


def test_account_that_went_silent_says_so() -> None:
    assert account.sentence(an_account(days_since_last_sale=120.0)).endswith("; nothing for 120 days")


def test_account_without_sales_says_so() -> None:
    assert account.sentence(an_account(first_sold_on=None, net_sales_total=0.0)) == "Aurora has bought nothing yet"


def test_account_whose_goods_were_free_or_came_back_brought_nothing_and_is_not_said_to_have_bought_nothing() -> None:
    assert said(account.sentence, an_account(net_sales_12m=0.0)) == (
        "Aurora brought no net sales in the last 12 complete months; its last sale was on 12 May 2026",
        "Aurora no ha aportado ventas netas en los últimos 12 meses completos; su última venta fue el 12 may 2026",
    )


def test_account_that_returned_more_than_it_bought_says_so() -> None:
    assert said(account.sentence, an_account(net_sales_12m=-14.0, first_sold_on=None, net_sales_total=-14.0)) == (
        "Aurora returned €14 more than it bought in the last 12 months",
        "Aurora ha devuelto en los últimos 12 meses 14 € más de lo que ha comprado",
    )


def test_account_that_another_one_supplies_says_by_whom() -> None:
    assert account.sentence(an_account(first_sold_on=None, net_sales_total=0.0, parent_account="Bravo")) == (
        "Aurora is supplied through Bravo: what it buys there is not among our own sales"
    )


def test_account_that_is_not_visible_says_no_more_than_that() -> None:
    assert account.sentence(replace(an_account(), profile=NONE)) == "This account does not exist, or you may not see it"


def the_data(rejected: int = 0, behind: int = 0, rate: float | None = 0.9) -> DataQuality:
    tables = pl.DataFrame({"table": ["transactions", "contacts"], "rows": [900, 99], "rejected": [rejected, 0]})
    freshness = pl.DataFrame({"table": ["receivables"], "days_behind": [behind]})
    return DataQuality(tables, freshness, NONE, NONE, NONE, rate, TODAY)


def test_data_without_doubts_says_so() -> None:
    assert said(data_quality.sentence, the_data()) == ("999 rows are loaded; nothing stands out", "Hay 999 filas cargadas; nada llama la atención")


def test_data_says_rejects_lags_and_unknown_decision_makers() -> None:
    assert data_quality.sentence(the_data(1, 90, 0.2)) == (
        "999 rows are loaded; 1 was rejected (0.1%); Receivables: 90 days behind; the decision maker is known for 20% of the accounts"
    )


def test_data_of_nothing_says_so() -> None:
    answer = the_data()
    assert data_quality.sentence(replace(answer, tables=answer.tables.clear())) == "There are no data yet"


def test_the_few_are_the_fewest_that_explain_half() -> None:
    frame = pl.DataFrame({"name": ["a", "b", "c"], "amount": [1.0, 5.0, 4.0]})
    assert few(frame, "name", "amount") == (["b"], 0.5)
    assert few(frame[:1], "name", "amount") == ([], 0.0)
    assert few(pl.DataFrame({"name": list("abcdef"), "amount": [1.0] * 6}), "name", "amount") == ([], 0.0)


def test_a_change_under_one_per_cent_is_level() -> None:
    assert [compared(rate, "{rate} up", "{rate} down", "level") for rate in (0.05, -0.05, 0.009)] == ["5.0% up", "5.0% down", "level"]
