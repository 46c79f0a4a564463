"""The sentences of funnel, life cycle and forecast, in both languages."""

from dataclasses import fields, replace
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest

from charts.findings.pipeline import funnel, life_cycle, pipeline_forecast, prospects
from data import language
from measures.pipeline.funnel import Funnel
from measures.pipeline.life_cycle import LifeCycle
from measures.pipeline.life_stages import STAGES
from measures.pipeline.pipeline_forecast import SUMMARY_SCHEMA, PipelineForecast
from measures.pipeline.stage_flow import SCHEMA as FLOW
from measures.pipeline.velocity import SCHEMA as VELOCITY
from measures.thresholds import cuts

NONE = pl.DataFrame()


def said(sentence: object, *answer: object) -> tuple[str, str]:
    """The sentence in English and in Spanish."""
    texts = {}
    for code in ("es", "en"):
        language.use(code, "EUR")
        texts[code] = sentence(*answer).replace("\u00a0", " ")
    return texts["en"], texts["es"]


def a_funnel(view: str = "cohort", win_rate: float | None = 0.6, mature: int = 20, speed: float | None = 200.0) -> Funnel:
    stages = pl.DataFrame(
        {"stage": ["Contact", "Offer", "won"], "position": [1, 2, 3], "entered": [20, 10, 6], "conversion_rate": [0.5, 0.6, None],
         "reached_next": [10, 6, None], "lost_here": [6, 3, 0], "returned": [4, 1, 0], "value": [2000.0, 1000.0, 600.0], "mature_entered": [mature, mature // 2, mature // 4]}
    )  # fmt: skip
    summary = pl.DataFrame({"created": [20], "won": [6], "win_rate": [win_rate], "won_value": [600.0]}, schema_overrides={"win_rate": pl.Float64})
    flow = pl.DataFrame([dict.fromkeys(FLOW) | {"open": 36, "open_value": 3600.0, "won": 5, "won_value": 500.0, "win_rate": win_rate}], schema=FLOW)
    velocity = pl.DataFrame([dict.fromkeys(VELOCITY) | {"value_per_day": speed}], schema=VELOCITY)
    tables = {field.name: NONE for field in fields(Funnel)}
    return Funnel(**tables | {"stages": stages, "summary": summary, "flow": flow, "velocity": velocity, "view": view, "as_of": date(2026, 10, 31)})


def test_moves_speak_of_the_deals_that_closed_in_the_period() -> None:
    assert said(funnel.sentence, a_funnel("transitions")) == (
        "60% of the deals that closed in the period are won (5, worth €500); the hardest step is Contact, where 50% go on",
        "Se gana el 60 % de las oportunidades cerradas en el período (5, por 500 €); el paso más difícil es Contact, donde avanza el 50 %",
    )


def test_moves_of_which_none_closed_a_deal_speak_of_the_hardest_step() -> None:
    assert funnel.sentence(a_funnel("transitions", win_rate=None)) == "The hardest step is Contact, where 50% go on"


def test_deals_that_were_all_lost_are_said_to_be_so_and_not_won_at_nought_per_cent() -> None:
    lost = a_funnel(win_rate=0.0).summary.with_columns(won=pl.lit(0), lost=pl.lit(24))
    none_won = replace(a_funnel(), summary=lost)
    assert said(funnel.sentence, none_won) == ("All 24 closed deals were lost", "Se perdieron las 24 oportunidades cerradas")
    moved = replace(a_funnel("transitions", win_rate=0.0), flow=a_funnel(win_rate=0.0).flow.with_columns(won=pl.lit(0), lost=pl.lit(1)))
    assert funnel.sentence(moved) == "The only closed deal was lost"


def test_a_step_is_hard_where_enough_moves_lead_out_of_it_however_many_lead_in() -> None:
    """Of Offer, which ten deals came to, one went on and one back: its rate is chance."""
    moved = a_funnel("transitions")
    few = moved.stages.with_columns(reached_next=pl.Series([12, 1, None]), lost_here=pl.lit(0), returned=pl.Series([8, 1, 0]), conversion_rate=pl.Series([0.6, 0.5, None]))
    assert funnel.sentence(replace(moved, stages=few)) == "60% of the deals that closed in the period are won (5, worth €500)"
    enough = few.with_columns(reached_next=pl.Series([12, 5, None]), returned=pl.Series([8, 5, 0]))
    assert funnel.sentence(replace(moved, stages=enough)).endswith("; the hardest step is Offer, where 50% go on")


def test_while_nothing_is_won_the_last_step_is_not_the_hardest() -> None:
    moved = a_funnel("transitions", win_rate=None)
    stages = pl.DataFrame(
        {"stage": ["Contact", "Offer", "Talks", "won"], "position": [1, 2, 3, 4], "entered": [20, 10, 8, 0], "conversion_rate": [0.5, 0.8, 0.0, None],
         "reached_next": [10, 8, 0, None], "lost_here": [0, 0, 0, 0], "returned": [10, 2, 8, 0]}
    )  # fmt: skip
    none_won = replace(moved, stages=stages, flow=moved.flow.with_columns(won=pl.lit(0)))
    assert funnel.sentence(none_won) == "The hardest step is Contact, where 50% go on"


def test_a_cohort_says_how_many_deals_are_too_young_and_what_became_of_the_others() -> None:
    assert said(funnel.maturity, a_funnel(mature=12)) == (
        "8 of 20 are too young to judge; of the others 25% are won.", "8 de 20 son demasiado recientes para juzgarlas; de las demás se ha ganado el 25 %.",
    )  # fmt: skip
    assert said(funnel.maturity, a_funnel(win_rate=None, mature=12)) == (
        "8 of 20 are too young to judge; of the others none has closed.", "8 de 20 son demasiado recientes para juzgarlas; de las demás no se ha cerrado ninguna.",
    )  # fmt: skip
    assert funnel.maturity(a_funnel(mature=0)) == "All of them are too young to judge: they may still go on."
    assert funnel.maturity(a_funnel()) == ""
    assert funnel.maturity(a_funnel("snapshot", mature=12)) == ""


def test_two_teams_are_compared_by_win_rate_and_velocity() -> None:
    assert said(funnel.compared, a_funnel(), a_funnel(win_rate=0.25, speed=50.0), ("North", "South")) == (
        "North wins 60% of its closed deals, South 25%; a day yields €200 against €50",
        "North: se gana el 60 % de las oportunidades cerradas; South: el 25 %; cada día rinde 200 € frente a 50 €",
    )
    assert funnel.compared(a_funnel(), a_funnel(speed=None), ("North", "South")) == "North wins 60% of its closed deals, South 60%"
    assert funnel.compared(a_funnel(), a_funnel(win_rate=None), ("North", "South")).endswith("one of them has closed no deal")


def test_cohorts_that_are_still_young_are_compared_by_the_deals_old_enough_to_judge() -> None:
    """The younger cohort has lost deals that were lost early and not yet won those that take long."""
    young, old = a_funnel(win_rate=0.2, mature=8, speed=None), a_funnel()
    assert said(funnel.compared, young, old, ("2026", "2025")) == (
        "Of the deals old enough to judge, 2026 has won 25%, 2025 25%", "De las oportunidades con edad para juzgarlas se ha ganado: 2026, el 25 %; 2025, el 25 %",
    )  # fmt: skip
    assert funnel.compared(a_funnel(mature=0, speed=None), old, ("2026", "2025")).startswith("2026 wins 60% of its closed deals")


def test_moves_and_stock_are_compared_by_what_closed_in_the_period_as_their_metrics_are() -> None:
    for view in ("transitions", "snapshot"):
        one, other = (replace(a_funnel(view), summary=a_funnel(win_rate=rate).summary) for rate in (0.1, None))
        assert funnel.compared(one, other, ("North", "South")) == "North wins 60% of its closed deals, South 60%; a day yields €200 against €200"


def a_life(cooled: int = 2, **accounts: int) -> LifeCycle:
    counts = pl.DataFrame({"life_stage": STAGES, "accounts": [accounts.get(stage, 0) for stage in STAGES]})
    totals = pl.DataFrame({"lead_status": ["protected", "cooled", "reawakened"], "deals": [5, cooled, 0], "value": [50.0, 30.0, 0.0]})
    tables = {field.name: NONE for field in fields(LifeCycle)}
    return LifeCycle(**tables | {"life_cycle": counts, "lead_totals": totals, "supplied": 0, "as_of": None})


def test_a_life_cycle_says_who_buys_who_fades_and_what_cools() -> None:
    assert said(life_cycle.sentence, a_life(active=4, reactivated=1, at_risk=2, lost=3)) == (
        "5 accounts buy; 2 are at risk and 3 are lost; 2 open deals worth €30 have cooled",
        "5 clientes compran; 2 en riesgo y 3 perdidos; 2 oportunidades abiertas por 30 € se han enfriado",
    )


def test_a_life_cycle_without_trouble_says_so() -> None:
    assert life_cycle.sentence(a_life(cooled=0, first_order=1)) == "1 account buys; none is at risk"


@pytest.mark.parametrize(("risk", "lost", "end"), [(0, 26, "26 are lost"), (1, 1, "1 is at risk and 1 is lost"), (3, 0, "3 are at risk")])
def test_a_life_cycle_names_only_what_fades(risk: int, lost: int, end: str) -> None:
    assert life_cycle.sentence(a_life(cooled=0, active=4, at_risk=risk, lost=lost)) == f"4 accounts buy; {end}"


def test_a_life_cycle_before_the_first_order_counts_who_is_worked_on() -> None:
    assert life_cycle.sentence(a_life(prospect=2, opportunity=1, future=9)) == "No account has bought yet; 3 are being worked on"


def test_a_life_cycle_of_which_nobody_buys_any_more_does_not_say_that_nobody_ever_did() -> None:
    assert life_cycle.sentence(a_life(cooled=0, opportunity=9, at_risk=1)) == "No account buys any more; 1 is at risk"


def a_forecast(n: int = 3, error: float | None = None, closed: int = 30) -> PipelineForecast:
    months = pl.DataFrame({"month": [date(2026, 11, 1), date(2026, 12, 1)], "n": [n, 0]})
    row = {"n": n, "weighted": 230.0, "record_error": error, "adjusted": None if error in (None, -1) else 230 * (1 + error)}
    summary = pl.DataFrame([dict.fromkeys(SUMMARY_SCHEMA) | row], schema=SUMMARY_SCHEMA)
    return PipelineForecast(months=months, record=NONE, stages=pl.DataFrame({"closed": [closed]}), deals=NONE, summary=summary)


@pytest.mark.parametrize(("error", "held"), [
    (None, ""),
    (0.08, "; all in all, former forecasts held within 10%"),
    (-0.4, "; former forecasts promised more than came: 40% was missing, which would leave €138"),
    (-1, "; nothing came in of what former forecasts promised, so no rate can be drawn from them"),
    (0.5, "; former forecasts were exceeded by 50%, which would make it €345"),
])  # fmt: skip
def test_a_forecast_says_what_its_record_makes_of_it(error: float | None, held: str) -> None:
    assert pipeline_forecast.sentence(a_forecast(error=error)) == f"3 open deals should bring €230 by Nov 2026{held}"


def test_a_set_order_says_which_stages_nobody_was_in_and_which_it_leaves_out() -> None:
    stages = a_funnel().stages

    def of(order: str) -> str:
        return funnel.ordered(stages, cuts(("stage_order", "won_stages", "lost_stages"), None, {"stage_order": order}))

    assert of("") == of("contact, Offer, won, lost") == ""
    assert of("Contact, Site visit, Offer") == "The order of the stages names Site visit, where no deal ever was."
    assert of("Offer") == "The order of the stages leaves out Contact: drawn after the others."


def test_where_nobody_wrote_amounts_the_findings_speak_of_deals_alone() -> None:
    found = a_forecast()
    bare = found.summary.with_columns(unpriced=pl.lit(3, pl.Int64), open_value=0.0, weighted=0.0)
    assert pipeline_forecast.sentence(replace(found, summary=bare)) == "3 open deals state no amount, so nothing can be forecast"
    cohort, moves = a_funnel(), a_funnel("transitions")
    assert funnel.sentence(replace(cohort, summary=cohort.summary.with_columns(won_value=0.0))) == (
        "60% of closed deals are won (6); the hardest step is Contact, where 50% go on"
    )
    assert funnel.sentence(replace(moves, flow=moves.flow.with_columns(won_value=0.0))).startswith("60% of the deals that closed in the period are won (5);")
    still = a_funnel("snapshot")
    assert funnel.sentence(still).startswith("36 deals are open, worth €3.6K; ")
    assert funnel.sentence(replace(still, flow=still.flow.with_columns(open_value=0.0))) == "36 deals are open; more wait in Contact than in any other stage (56%)"


def test_a_snapshot_counts_the_deals_that_are_in_no_stage_yet() -> None:
    still = a_funnel("snapshot")
    forty = still.flow.with_columns(open=pl.lit(40), open_value=4000.0)
    assert said(funnel.sentence, replace(still, flow=forty)) == (
        "40 deals are open, worth €4K; more wait in Contact than in any other stage (50%); 4 are in no stage yet",
        "Hay 40 oportunidades abiertas, por 4 mil €; Contact es la etapa con más (50 %); 4 aún no están en ninguna etapa",
    )
    bare = still.flow.with_columns(open=pl.lit(1), open_value=0.0)
    assert funnel.sentence(replace(still, flow=bare, stages=still.stages.clear())) == "1 deal is open; 1 is in no stage yet"


def test_thousands_of_deals_are_written_as_the_language_does() -> None:
    assert pipeline_forecast.sentence(a_forecast(n=2034)).startswith("2,034 open deals should bring")


def test_a_forecast_where_no_stage_is_known_to_end_a_deal_says_so() -> None:
    assert pipeline_forecast.sentence(replace(a_forecast(closed=0), has_ends=False)).endswith("no stage is known to end a deal, so these chances are assumed")


def test_few_closed_deals_contradict_no_class_which_is_not_to_say_that_all_came_true() -> None:
    judged = SimpleNamespace(summary=pl.DataFrame({"judged": [25], "brier_skill": [-0.05]}), classes=pl.DataFrame({"class": ["A", "D"], "status": ["provisional", "insufficient"]}))
    assert said(prospects.belief, judged) == (
        "25 closed deals contradict no class; the chances were no better than the base rate",
        "25 oportunidades cerradas no desmienten ninguna clase; las probabilidades no fueron mejores que la tasa base",
    )


def test_a_forecast_before_any_deal_has_closed_rests_on_an_assumption() -> None:
    assert pipeline_forecast.sentence(a_forecast(closed=0)) == "3 open deals should bring €230 by Nov 2026; no deal has closed yet, so these chances are assumed"


def test_a_forecast_in_spanish() -> None:
    assert said(pipeline_forecast.sentence, a_forecast(error=-0.4))[1] == (
        "3 oportunidades abiertas deberían aportar 230 € hasta nov 2026; las previsiones anteriores prometieron más de lo que llegó: faltó un 40 %, lo que dejaría 138 €"
    )


def test_nothing_open_is_no_forecast() -> None:
    assert pipeline_forecast.sentence(a_forecast(n=0)) == "No deal is open, so nothing can be forecast"
    assert pipeline_forecast.sentence(replace(a_forecast(), months=a_forecast().months.clear())) == "No deal is open, so nothing can be forecast"


def test_repurchase_counts_the_mature_quarters_after_the_one_in_which_the_data_begin() -> None:
    rows = [(date(2025, 1, 1), 500, 480, True), (date(2025, 4, 1), 4, 3, True), (date(2025, 7, 1), 2, 2, True), (date(2025, 10, 1), 3, 0, False)]
    cohorts = pl.DataFrame(rows, schema=["cohort", "first_orders", "repurchased", "mature"], orient="row")
    assert life_cycle.returned(cohorts) == "5 of 6 new accounts ordered again in time"
    assert life_cycle.returned(cohorts[[0, 3]]) == "No first-time buyer has had the time to order again"


def test_who_was_new_is_not_known_where_all_bought_from_the_beginning_of_the_data_on() -> None:
    cohorts = pl.DataFrame([(date(2025, 1, 1), 3, 3, True)], schema=["cohort", "first_orders", "repurchased", "mature"], orient="row")
    assert life_cycle.returned(cohorts) == "Everybody who bought did so from the quarter on in which the data begin: who was new is not known"


def test_a_forecast_says_which_dates_it_does_not_believe_and_what_it_leaves_out() -> None:
    nothing = {"as_of": date(2026, 10, 31), "overdue": 0, "overdue_value": 0.0, "undated": 0, "unpriced": 0, "later": 0}
    assert said(pipeline_forecast.left_out, nothing) == ("From 31 Oct 2026 on.", "Desde el 31 oct 2026.")
    some = nothing | {"overdue": 1, "overdue_value": 500.0, "undated": 2, "unpriced": 1, "later": 3}
    assert said(pipeline_forecast.left_out, some) == (
        "From 31 Oct 2026 on. The expected close of 1 deal worth €500 is over; 2 deals have no expected close: these count when a win usually "
        "comes from their stage. 1 deal without an amount counts as 0. 3 deals are expected later.",
        "Desde el 31 oct 2026. El cierre previsto de 1 oportunidad por 500 € ya venció; 2 oportunidades no tienen cierre previsto: cuentan cuando suele "
        "ganarse desde su etapa. 1 oportunidad sin importe cuenta como 0. 3 oportunidades se esperan más tarde.",
    )
