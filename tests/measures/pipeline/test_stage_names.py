"""Stages are the user's own words, in their own language and order."""

from pathlib import Path

import pytest

from charts.findings.pipeline.funnel import sentence
from measures.pipeline import funnel
from measures.thresholds import cuts
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import deals_store

SPANISH = {
    "ganada": [("Visita inicial", 1), ("Propuesta", 4), ("Acuerdo", 8), ("Ganada", 10)],
    "perdida": [("Visita inicial", 1), ("Propuesta", 6), ("PERDIDA", 7)],
    "abierta": [("Visita inicial", 2), ("Acuerdo", 5)],
}


def asked(folder: Path, paths: dict, **overrides: object) -> funnel.Funnel:
    return funnel.answer(ask_as(deals_store(folder, paths)), funnel.Filters(), cuts(funnel.THRESHOLDS, None, overrides))


def test_a_pipeline_in_spanish_is_understood_and_its_order_learnt(tmp_path: Path) -> None:
    found = asked(tmp_path, SPANISH)
    assert found.stages["stage"].to_list() == ["Visita inicial", "Propuesta", "Acuerdo", "won"]
    assert found.stages["entered"].to_list() == [3, 3, 2, 1]
    assert found.summary.select("won", "lost", "open").row(0) == (1, 1, 1)


@pytest.mark.parametrize(("won", "lost"), [("Gewonnen", "Verloren"), ("Gagnée", "Perdue"), ("Ganho", "Perdido"), ("Vinto", "Perso"), ("Wygrana", "Przegrana"), ("赢单", "输单"), ("受注", "失注"), ("Fechado ganho", "Fechado perdido"), ("closedwon", "closedlost"), ("Cierre ganado", "Cierre perdido")])
def test_the_usual_words_of_other_languages_end_a_deal(tmp_path: Path, won: str, lost: str) -> None:
    found = asked(tmp_path, {"w": [("A", 1), (won, 3)], "l": [("A", 1), (lost, 2)], "o": [("A", 2)]})
    assert found.stages["stage"].to_list() == ["A", "won"]
    assert found.summary.select("won", "lost", "open").row(0) == (1, 1, 1)


@pytest.mark.parametrize("lost", ["lost", "Verloren", "perdida"])
def test_an_end_on_the_day_of_another_stage_comes_after_it(tmp_path: Path, lost: str) -> None:
    """Most are lost from the first stage on the second day; one is lost on the day on which it came to the last stage."""
    paths = {f"early {n}": [("A", 1), (lost, 2)] for n in range(3)} | {"late": [("A", 1), ("B", 9), (lost, 9)]}
    assert asked(tmp_path, paths).summary.select("lost", "open").row(0) == (4, 0)


@pytest.mark.parametrize(("won", "lost"), [("Firmado", "Caído"), ("gewonnen ", "verloren")])
def test_ones_own_words_for_won_and_lost_end_a_deal(tmp_path: Path, won: str, lost: str) -> None:
    paths = {"w": [("Erstkontakt", 1), (won, 3)], "l": [("Erstkontakt", 1), (lost, 2)]}
    found = asked(tmp_path, paths, won_stages=won.strip().lower(), lost_stages=lost.lower())
    assert found.stages["stage"].to_list() == ["Erstkontakt", "won"]
    assert found.summary.select("won", "lost", "open").row(0) == (1, 1, 0)


@pytest.mark.parametrize(("order", "stages"), [("", ["A", "Oferta", "OFERTA"]), ("oferta, a", ["Oferta", "OFERTA", "A"])])
def test_a_stage_that_is_written_in_several_ways_loses_no_deal(tmp_path: Path, order: str, stages: list[str]) -> None:
    paths = {"1": [("A", 1), ("Oferta", 3)], "2": [("A", 1), ("OFERTA", 3)], "3": [("A", 1), ("OFERTA", 3), ("won", 5)], "4": [("A", 2)]}
    found = asked(tmp_path, paths, view="snapshot", stage_order=order)
    assert found.stages["stage"].to_list() == stages
    assert dict(found.stages.select("stage", "open").iter_rows()) == {"A": 1, "OFERTA": 1, "Oferta": 1}
    assert found.summary["open"].item() == 3


def test_unknown_words_are_stages_like_others(tmp_path: Path) -> None:
    found = asked(tmp_path, {"d": [("Anruf", 1), ("Zusage", 3)]})
    assert found.stages["stage"].to_list() == ["Anruf", "Zusage", "won"]
    assert found.summary["open"].item() == 1


def test_the_order_is_not_the_alphabets(tmp_path: Path) -> None:
    paths = {str(number): [("Zeta", 1), ("Mu", 3), ("Alpha", 5)] for number in range(3)}
    assert asked(tmp_path, paths).stages["stage"].to_list() == ["Zeta", "Mu", "Alpha", "won"]


def test_a_stated_order_moves_the_counts(tmp_path: Path) -> None:
    stages = asked(tmp_path, SPANISH, stage_order="Acuerdo, Propuesta").stages
    assert stages.select("stage", "entered").rows() == [("Acuerdo", 3), ("Propuesta", 3), ("Visita inicial", 3), ("won", 1)]


def test_stages_of_one_day_follow_the_usual_order(tmp_path: Path) -> None:
    paths = {"slow": [("b first", 1), ("a second", 5), ("won", 9)], "quick": [("b first", 3), ("a second", 3), ("won", 3)]}
    found = asked(tmp_path, paths)
    assert found.stages.select("stage", "entered", "reached_next").rows() == [("b first", 2, 2), ("a second", 2, 2), ("won", 2, None)]
    assert found.summary["won"].item() == 2


def test_a_pipeline_without_a_closed_deal_in_spanish_says_nothing_about_its_last_stage(tmp_path: Path) -> None:
    """Deals skip stages and come back; nobody has closed one, so that the last stage's 0 % says nothing."""
    paths = {f"{n}": [("Toma de contacto", 1), ("Cata", 3 + n), *([("Regateo", 20)] if n < 6 else [])] for n in range(9)}
    paths |= {"skips": [("Toma de contacto", 1), ("Regateo", 9), ("Cata", 12)], "waits": [("Toma de contacto", 2)]}
    answer = asked(tmp_path, paths)
    assert answer.stages.select("stage", "entered").rows() == [("Toma de contacto", 11), ("Cata", 10), ("Regateo", 7), ("won", 0)]
    assert answer.summary.select("won", "lost", "open", "win_rate").row(0) == (0, 0, 11, None)
    assert sentence(answer) == "11 deals opened, none closed yet; the hardest step is Cata, where 70% go on"
