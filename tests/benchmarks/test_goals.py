"""What a run has measured → rows and sections of the report."""

from benchmarks.crowd import Crowd, crowd_of, middle
from benchmarks.goals import Goal, Measured, goals
from benchmarks.imports import ImportCost
from benchmarks.questions import Cost
from benchmarks.rival_pages import Browsed, Taken
from benchmarks.sections import sections

LOAD = (0.0, 0.0)


def measured(**parts: object) -> Measured:
    return Measured(10_000_000, 100_000_000, LOAD, **parts)


def taken(cold: float, new: float, answered: float) -> dict[str, Taken]:
    return {kind: Taken(whole, whole / 2, whole / 4) for kind, whole in (("cold", cold), ("new", new), ("answered", answered))}


def test_what_was_not_measured_has_neither_a_goal_nor_a_section() -> None:
    assert goals(measured()) == []
    assert list(sections(measured())) == []


def test_ten_sessions_want_at_least_so_many_pages_and_at_most_so_long_a_wait() -> None:
    crowd = {"ours": Crowd(40.0, 0.25, 0.02), "usual": Crowd(4.0, 2.0, 0.4)}
    rows = [goal.row() for goal in goals(measured(crowd=crowd))]
    assert rows == [
        "| 6 | ten sessions at once: pages per second ÷ the usual page's | ≥ 15 | 10 | **no** |",
        "| 6 | ten sessions at once: 95 % of the pages within ÷ the usual page's | ≤ 0.1 | 0.125 | **no** |",
    ]


def test_a_goal_that_is_reached_from_below_is_met_at_its_limit() -> None:
    assert Goal("6", "pages", 15, 15, is_least=True).is_met
    assert not Goal("6", "pages", 15, 14.9, is_least=True).is_met


def test_our_page_is_divided_by_each_rivals_that_there_is() -> None:
    found = Browsed({"ours": taken(0.7, 0.3, 0.15), "Dash": taken(1.4, 0.6, 0.6), "usual": taken(2.8, 1.5, 1.5)}, {"Vizro": "no network"})
    ratios = [(goal.number, goal.what, round(goal.ratio, 3)) for goal in goals(measured(browsed=found))]
    assert ratios == [
        ("7", "cold Overview in a browser ÷ the page in Dash", 0.5),
        ("8", "a filter never chosen before, in a browser ÷ Dash", 0.5),
        ("8", "a filter chosen before, in a browser ÷ Dash", 0.25),
        ("8", "a filter never chosen before, in a browser ÷ the usual page", 0.2),
        ("8", "a filter chosen before, in a browser ÷ the usual page", 0.1),
    ]


def test_a_rival_that_could_not_be_installed_is_named_with_the_reason() -> None:
    written = list(sections(measured(browsed=Browsed({"ours": taken(0.7, 0.3, 0.15)}, {"Vizro": "no network"}))))
    assert "| a filter chosen before | ours | 150 | 75 | 38 |" in written
    assert "Not measured here: Vizro (no network)." in written


def test_without_a_browser_nothing_is_divided_and_the_reason_is_said() -> None:
    found = measured(browsed=Browsed(missing={"ours": "Chromium is not installed"}))
    assert goals(found) == []
    assert "Not measured here: ours (Chromium is not installed)." in list(sections(found))


def test_answers_are_told_as_the_plans_machine_would_take_them() -> None:
    large = Cost(sql=0.05, whole=0.1, again=0.05)
    answers = {"funnel": (Cost(sql=0.1, whole=0.15, again=0.05, reference=0.012), large), "prospects": (Cost(sql=0.2, whole=0.3, again=0.11, reference=0.012), large)}
    written = " ".join(sections(measured(answers=answers)))
    assert "2 take more than 100 ms, asked again 1 (prospects 110)." in written
    assert "takes 2.0 times as long" in written and "1 (prospects 150) take more." in written


def test_of_another_size_of_store_the_plan_says_nothing() -> None:
    answers = {"funnel": (Cost(0.1, 0.15, 0.05, reference=0.012), Cost(0.05, 0.1, 0.05))}
    written = " ".join(sections(Measured(1_000_000, 10_000_000, LOAD, answers=answers)))
    assert "1 take more than 100 ms" in written and "plan" not in written


def test_a_pages_filter_is_told_by_what_dash_took_in_turn_with_it() -> None:
    page = {"ours": taken(0.9, 0.6, 0.3), "Dash": taken(0.9, 0.516, 0.4)}
    written = list(sections(measured(browsed=Browsed({"ours": taken(0.7, 0.3, 0.15)}, pages={"prospects": page}))))
    assert "| prospects | 600 | 300 | 300 | 150 |" in written


def test_a_month_more_is_divided_by_the_import_of_everything() -> None:
    rows = {goal.number: goal for goal in goals(measured(imported=ImportCost(whole=40.0, bare=10.0, month=30.0, peak_memory=2_000_000_000)))}
    assert (rows["3"].ratio, rows["3"].is_met) == (0.75, False)


def test_goals_stand_in_the_order_of_their_numbers() -> None:
    found = measured(crowd={"ours": Crowd(1, 1, 1), "usual": Crowd(1, 1, 1)}, edits={"one cell": 0.1}, imported=ImportCost(4, 1, 1, 1))
    assert [goal.number for goal in goals(found)] == ["3", "6", "6", "9", "9", "10"]


def test_a_crowd_is_each_sessions_pages_by_its_own_time_and_the_servers_time_over_all_runs() -> None:
    crowd = crowd_of([[0.5] * 4, [1.0, 1.0]], cpu=2.0)
    assert (crowd.throughput, crowd.p95, crowd.server) == (3.0, 1.0, 0.2)


def test_of_several_stretches_each_figures_median_counts() -> None:
    assert middle([Crowd(1, 30, 5), Crowd(2, 10, 7), Crowd(3, 20, 6)]) == Crowd(2, 20, 6)
