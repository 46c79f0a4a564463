"""Findings of the value pyramid's and the portfolio's further views: exact sentences in both languages, and one where there is nothing to say."""

from dataclasses import fields

import polars as pl

from charts.findings.customers import agreement, coverage, early_warnings, quadrant_views, segments, value_views
from data import language
from measures.customers.agreement import Agreement
from measures.customers.coverage import Coverage
from measures.customers.lifetime_value import LifetimeValue
from measures.customers.segment_profile import SegmentProfile
from measures.customers.value_bridge import ValueBridge
from measures.customers.value_classes import ValueClasses
from measures.customers.value_pyramid import ValuePyramid
from tests.charts.test_findings import said

NONE = pl.DataFrame()


def answer_of(kind: type, **tables: pl.DataFrame):
    """An answer with these tables, the others empty."""
    return kind(**dict.fromkeys((field.name for field in fields(kind)), NONE) | tables)


def in_english(sentence: object, *arguments: object) -> str:
    language.use("en", "EUR")
    return sentence(*arguments)


def moves(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"from_tier": pl.String, "to_tier": pl.String, "accounts": pl.Int64}, orient="row")


def quadrant_moves(*rows: tuple[str, str, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"from_quadrant": pl.String, "to_quadrant": pl.String, "accounts": pl.Int64}, orient="row")


def test_migration_counts_who_stayed_moved_entered_and_left() -> None:
    found = answer_of(ValuePyramid, migration=moves(("vip", "vip", 4), ("vip", "large", 2), ("small", "large", 1), ("new", "small", 3), ("small", "lost", 5)))
    assert said(value_views.migration, found) == (
        "4 of 7 accounts kept their tier, 3 changed it; 3 entered and 5 left",
        "4 de 7 clientes mantuvieron su nivel, 3 lo cambiaron; 3 entraron y 5 salieron",
    )


def test_who_had_no_tier_and_has_none_kept_none() -> None:
    found = answer_of(ValuePyramid, migration=moves(("vip", "vip", 1), ("small", "unrated", 1), ("unrated", "unrated", 2)))
    assert value_views.migration(found) == "1 of 2 accounts kept their tier, 1 changed it; 0 entered and 0 left"


def test_without_an_earlier_period_migration_and_bridge_say_so() -> None:
    nothing = ("There is no earlier period with sales to compare with", "No hay un período anterior con ventas con el que comparar")
    assert said(value_views.migration, answer_of(ValuePyramid, migration=moves())) == nothing
    assert said(value_views.bridge, answer_of(ValueBridge)) == nothing


def test_the_bridge_names_the_three_largest_parts_with_their_sign() -> None:
    parts = pl.DataFrame({"component": ["volume", "mix", "price", "new_accounts", "lost_accounts"], "amount": [133.0, -1.0, 20.0, 0.0, -50.0]})
    ends = pl.DataFrame({"previous_net_sales": [1000.0], "net_sales": [1102.0], "change": [102.0]})
    assert said(value_views.bridge, answer_of(ValueBridge, bridge=parts, bridge_ends=ends)) == (
        "Net sales rose by €102 (10.2%): volume +€133, lost accounts -€50 and prices +€20",
        "Las ventas netas subieron 102 € (10,2 %): volumen +133 €, clientes perdidos -50 € y precios +20 €",
    )


def test_concentration_says_how_few_bring_half() -> None:
    row = pl.DataFrame({"half_share": [0.1], "accounts": [10]})
    assert said(value_views.concentration, answer_of(ValuePyramid, concentration=row)) == (
        "1 account of 10 (10.0%) brings half of net sales", "1 cliente de 10 (10,0 %) aporta la mitad de las ventas netas",
    )
    nothing = answer_of(ValuePyramid, concentration=row.with_columns(half_share=pl.lit(None, pl.Float64)))
    assert in_english(value_views.concentration, nothing) == "Nothing was sold in this selection"


def test_value_classes_say_what_the_few_bring_and_who_costs_more_than_that() -> None:
    rows = pl.DataFrame({"value_class": ["MVC", "migrator", "below_zero"], "av": [310.0, 50.0, -40.0]})
    totals = pl.DataFrame({"value_class": ["MVC"], "accounts": [1], "av": [310.0]})
    sold = {"value_class_totals": totals, "value_basis": pl.DataFrame({"status": ["ok"]})}
    assert said(value_views.value_classes, answer_of(ValueClasses, value_classes=rows, **sold)) == (
        "1 account of 3 brings €310 of actual value; 1 costs more than it brings: -€40",
        "1 cliente de 3 aporta 310 € de valor actual; 1 cuesta más de lo que aporta: -40 €",
    )
    well = answer_of(ValueClasses, value_classes=rows.head(2), **sold)
    assert in_english(value_views.value_classes, well) == "1 account of 2 brings €310 of actual value; none costs more than it brings"


def test_value_classes_say_why_nobody_is_classed() -> None:
    rows = pl.DataFrame(schema={"value_class": pl.String, "av": pl.Float64})
    unsold, uncosted = (answer_of(ValueClasses, value_classes=rows, value_basis=pl.DataFrame({"status": [why]})) for why in ("insufficient", "missing_cost"))
    assert said(value_views.value_classes, unsold) == (
        "Nothing was sold in these twelve months, net of returns", "No se vendió nada en estos doce meses, descontadas las devoluciones",
    )
    assert in_english(value_views.value_classes, uncosted) == "What the accounts bring can't be told: too few costs are known"


def test_lifetime_says_what_is_expected_and_who_has_probably_gone() -> None:
    lifetime = pl.DataFrame({"expected_value": [100.0, 20.0], "p_alive": [0.9, 0.1]})
    modelled = answer_of(LifetimeValue, lifetime=lifetime, lifetime_model=pl.DataFrame({"method": ["bg_nbd"]}))
    assert said(lambda found: value_views.lifetime(found, 52), modelled) == (
        "2 customers are expected to buy €120 in the next 52 weeks; 1 is more likely gone than not",
        "Se espera que 2 clientes compren 120 € en las próximas 52 semanas; 1 probablemente ya se ha ido",
    )
    kept = answer_of(LifetimeValue, lifetime=lifetime, lifetime_model=pl.DataFrame({"method": ["retention"]}))
    assert in_english(value_views.lifetime, kept, 52) == "What the customers keep buying is worth €120"


def test_moves_between_quadrants_name_the_important_ones_that_became_erratic() -> None:
    table = quadrant_moves(("EI", "EI", 6), ("EI", "EII", 2), ("EIV", "EIV", 1), ("new", "EII", 9))
    assert said(quadrant_views.moves, table) == (
        "7 of 9 accounts stayed in their quadrant; 2 important ones became erratic",
        "7 de 9 clientes siguieron en su cuadrante; 2 importantes se volvieron irregulares",
    )
    assert in_english(quadrant_views.moves, quadrant_moves(("EI", "EI", 1))) == "1 of 1 accounts stayed in its quadrant; no important one became erratic"


def test_nobody_stayed_or_moved_where_nobody_was_in_a_quadrant() -> None:
    assert in_english(quadrant_views.moves, quadrant_moves(("none", "none", 3), ("new", "EI", 2))) == "Nobody's quadrant of a year ago is known"


def test_people_are_counted_for_one_account_whose_owner_is_not_known() -> None:
    total = pl.DataFrame({"accounts": [1], "people_low": [0.2], "people_high": [0.9], "people_now": [None]})
    found = answer_of(Coverage, summary=total, workload=pl.DataFrame({"workload_people": [0.4]}))
    assert said(coverage.sentence, found) == (
        "People needed for 1 account: 1 by class, 1 by calls; how many there are is not known",
        "Personas necesarias para 1 cliente: 1 por clase y 1 por visitas y llamadas; no se sabe cuántas hay",
    )


def a_segment(segment: str | None, share: float | None, change_rate: float | None = None, before: float = 0.0) -> tuple[SegmentProfile, dict[str, object]]:
    """Its finding's arguments: this segment of two, with net sales of -28."""
    row = {"segment": segment, "net_sales": -28.0, "share": share, "change_rate": change_rate}
    return answer_of(SegmentProfile, segments=pl.DataFrame({"net_sales": [-28.0, 0.0], "previous": [before, 0.0]})), row


def test_a_segment_without_a_share_says_what_else_is_known() -> None:
    assert said(lambda found: segments.sentence(*found), a_segment("North", None)) == ("North: net sales of -€28", "North: ventas netas de -28 €")
    assert said(lambda found: segments.sentence(*found), a_segment("North", None, -1.28, 100.0)) == (
        "North fell 128.0% in a year; all accounts together fell 128.0%", "North cayó un 128,0 % en un año; el conjunto de clientes cayó un 128,0 %",
    )
    assert said(lambda found: segments.sentence(*found), a_segment(None, None)) == (
        "The segment of these accounts is not known", "No se conoce el segmento de estos clientes",
    )


def test_an_unknown_segment_with_a_share_says_how_much_it_is() -> None:
    assert in_english(segments.sentence, *a_segment(None, 0.25)) == "25% of net sales is of accounts whose segment is not known"


def test_the_settlement_says_who_takes_more_than_it_brings() -> None:
    rows = pl.DataFrame({"net_result": [-300.0, 80.0, None]})
    assert said(lambda found: quadrant_views.settlement(found, "EIV"), rows) == (
        "1 account of 3 in EIV Liquidate takes more than it brings: -€300",
        "1 cliente de 3 en EIV Liquidar consume más de lo que aporta: -300 €",
    )
    assert in_english(quadrant_views.settlement, rows.tail(2), "EIV") == "No account in EIV Liquidate takes more than it brings"
    assert in_english(quadrant_views.settlement, rows.clear(), "EI") == "No account is in EI Consolidate"
    assert said(lambda found: quadrant_views.settlement(found, "EIV"), rows.tail(1)) == (
        "Too few costs are known to settle the accounts in EIV Liquidate",
        "Se conocen muy pocos costes para echar cuentas con los clientes de EIV Liquidar",
    )


def test_the_worklist_counts_what_is_open_and_what_is_late() -> None:
    work = pl.DataFrame({"is_overdue": [True, False]})
    assert said(quadrant_views.worklist, work) == ("2 open actions, 1 overdue", "2 acciones abiertas, 1 vencida")
    assert in_english(quadrant_views.worklist, work.clear()) == "No action is in hand yet"


def test_agreement_says_what_is_contested_and_which_basis_overrules() -> None:
    summary = pl.DataFrame({"contested": [2], "contested_sales": [50.0], "net_sales": [200.0]})
    accounts = pl.DataFrame({"performance": ["EI", "EII", None], "winning_basis": ["credit", "performance", "amount"]})
    found = answer_of(Agreement, summary=summary, accounts=accounts)
    assert said(agreement.sentence, found) == (
        "The classifications contradict each other on 2 accounts with €50, 25% of net sales; credit overrules the quadrant of 1",
        "Las clasificaciones se contradicen en 2 clientes con 50 €, el 25 % de las ventas netas; la base «crédito» se impone al cuadrante en 1",
    )
    calm = answer_of(Agreement, summary=summary.with_columns(contested=pl.lit(0)))
    assert in_english(agreement.sentence, calm).startswith("The classifications agree")


def test_people_needed_in_all_are_whole_and_rounded_up_as_on_the_tiles() -> None:
    total = pl.DataFrame({"abc": ["total"], "accounts": [40], "people_low": [18.1], "people_high": [23.2], "people_now": [9]})
    found = answer_of(Coverage, summary=total, workload=pl.DataFrame({"workload_people": [4.02]}))
    assert said(coverage.sentence, found) == (
        "9 people look after 40 accounts: the classes ask for 19 to 24, the calls for 5",
        "9 personas atienden 40 clientes: las clases piden 19–24; las visitas y llamadas, 5",
    )


def territories(*rows: tuple[str, float, bool, str]) -> Coverage:
    schema = {"salesperson": pl.String, "workload_index": pl.Float64, "is_flagged": pl.Boolean, "status": pl.String}
    return answer_of(Coverage, territories=pl.DataFrame(rows, schema=schema, orient="row"))


def test_territories_out_of_balance_in_potential_alone_are_not_said_to_be_so_by_their_work() -> None:
    by_work = territories(("Ana", 0.2, True, "over"), ("Ben", -0.2, True, "under"))
    assert in_english(coverage.balance_sentence, by_work, 0.15) == "2 of 2 territories differ by more than 15% from the average; Ana has the most work (+20%)"
    by_potential = territories(("Ana", 0.06, True, "balanced"), ("Ben", -0.06, True, "balanced"))
    assert in_english(coverage.balance_sentence, by_potential, 0.15) == (
        "2 of 2 territories differ by more than 15% from the average, in potential alone; Ana has the most work (+6%)"
    )


def test_one_territory_is_compared_with_none() -> None:
    assert in_english(coverage.balance_sentence, territories(("Ana", 0.0, False, "balanced")), 0.15) == "There is one territory alone here: nothing to compare it with"


def test_who_bought_nothing_since_the_fall_is_not_said_to_buy_less() -> None:
    fall = {"kind": "fall", "missing_rate": 1.0}
    assert said(early_warnings.why, fall) == ("buys nothing any more", "ya no compra nada")
    assert in_english(early_warnings.why, fall | {"missing_rate": 0.25}) == "buys 25% less than expected"
