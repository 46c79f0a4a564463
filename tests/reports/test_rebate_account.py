"""The page that is handed to a customer: its numbers, its words, one sheet of paper, and nothing of ours on it."""

import pytest

from data.language import use
from measures.thresholds import cuts
from measures.trade.rebates import answer
from queries.filters import Filters
from reports.rebate_account import pdf, sheet
from tests.builders import ask_as, make_store
from tests.measures.trade.test_rebates import THRESHOLDS, lines, monthly, scheme


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A buys 100 units at 10 a month and will reach 1,100 units, not 1,230; its name is written in markup."""
    store = make_store(
        tmp_path_factory.mktemp("sheet"), accounts=[{"account_id": "A", "account": "#emph[Bar] *A* $x$"}], products=[{"product_id": "P", "product": "P"}],
        transactions=lines(*monthly("A", 100), (monthly("A", 1)[-1][0].replace(day=30), "A", "P", 0, 0, 0)),
        rebates=[scheme("ORO", "A", "quantity", 1100, 0.02), scheme("ORO", "A", "quantity", 1230, 0.03)],
    )  # fmt: skip
    return answer(ask_as(store), Filters(), cuts(THRESHOLDS))


def test_the_sheet_says_what_is_bought_what_is_missing_and_what_switching_costs(found):
    page = sheet(found, "A")
    assert dict(page.figures) == {"Bought so far": "€9,000", "Rebate earned already": "€0", "Rebate at the present course": "€240"}
    assert page.tiers == (("ORO", "1,100 units", "2.0%", "200 cases", "€220"), ("ORO", "1,230 units", "3.0%", "330 cases", "€369"))
    (one,) = page.schemes
    assert one.sentence == (
        "200 cases more reach 1,100 units at 2.0%: €220 more than now. At the present course the year gets there. "
        "Beyond the present course, 30 cases reach 1,230 units at 3.0%: €129 more."
    )
    assert (one.done, one.natural) == (pytest.approx(900 / 1230), pytest.approx(1200 / 1230))
    assert page.switching == "Buying 30% of the rest of the year elsewhere (€900) would cost €18 of rebates: another supplier has to be 2.0% cheaper."


def test_our_margin_is_not_on_it(found):
    (gain,) = found.accounts["gain"].to_list()
    assert gain == pytest.approx(-9)
    assert "-9" not in str(sheet(found, "A")) and "margin" not in str(sheet(found, "A")).lower()


def test_it_is_one_page_of_pdf_whatever_the_name(found):
    made = pdf(sheet(found, "A"))
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") + made.count(b"/Type/Page/") <= 1


def test_it_speaks_the_readers_language(found):
    use("es", "EUR")
    page = sheet(found, "A")
    assert (page.language, page.title) == ("es", "Sus cuentas 2026")
    assert page.tiers[0] == ("ORO", "1.100 unidades", "2,0\xa0%", "200 cajas", "220\xa0€")


def test_an_account_without_a_scheme_has_no_sheet(found):
    with pytest.raises(KeyError):
        sheet(found, "B")
