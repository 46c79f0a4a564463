"""Bars from the largest, the rest as others, the variance beside them."""

import polars as pl

from charts.bars import bars
from data import language
from tests.charts.conftest import marks
from tests.charts.sales_frames import REGIONS


def test_bars_begin_at_zero() -> None:
    scales = [layer["encoding"]["x"]["scale"] for layer in marks(bars(REGIONS, name="region", key="region_id").spec, "bar")]
    assert len(scales) == 3
    assert all(scale["zero"] for scale in scales)


def test_bars_of_one_name_are_told_apart_by_their_ids() -> None:
    rows = pl.DataFrame({"k": ["1", "2", "3"], "n": ["Red, 48", "Red, 48", "Blue"], "net_sales": [3.0, 2.0, 1.0]})
    assert bars(rows, name="n", key="k", comparison=None).frame["name"].to_list() == ["Red, 48 (1)", "Red, 48 (2)", "Blue"]


def test_ten_rows_then_others_with_their_sum() -> None:
    frame = bars(REGIONS, name="region", key="region_id").frame
    assert frame.height == 11
    assert frame.row(-1, named=True)["name"] == "Others (4)"
    assert frame["value"].sum() == REGIONS["net_sales"][:10].sum()
    assert frame["value_text"][-1].split(" · ")[0] == f"€{REGIONS['net_sales'][10:].sum():.0f}"
    assert frame["value"][:10].is_sorted(descending=True)


def test_others_that_would_press_the_named_bars_flat_are_written_not_drawn() -> None:
    rows = pl.DataFrame({"k": [str(n) for n in range(30)], "n": [f"A{n:02}" for n in range(30)], "net_sales": [10.0] * 30, "previous": [9.0] * 30})
    last = bars(rows, name="n", key="k").frame.row(-1, named=True)
    assert (last["name"], last["value_text"], last["value"], last["comparison"]) == ("Others (20)", "€200 · 67% of all, not drawn", None, None)
    assert (last["variance"], last["variance_text"], last["rate_text"]) == (None, "+€20", "▲ +11.1%")
    small = bars(rows[:12], name="n", key="k").frame.row(-1, named=True)
    assert (small["value_text"], small["value"], small["variance"]) == ("€20", 20.0, 2.0)


def test_averages_have_no_sum_of_others() -> None:
    rows = pl.DataFrame({"k": [str(n) for n in range(14)], "n": [f"A{n:02}" for n in range(14)], "net_sales": [7.0] * 14, "previous": [6.0] * 14})
    last = bars(rows, name="n", key="k", summed=False).frame.row(-1, named=True)
    assert (last["name"], last["value_text"], last["value"], last["comparison"], last["rate_text"]) == ("Others (4)", "in the table", None, None, "")


def test_eleven_rows_are_all_shown() -> None:
    assert bars(REGIONS[:11], name="region", key="region_id").frame["name"].to_list() == REGIONS["region"][:11].to_list()


def test_what_lacks_most_can_come_first_however_little_it_sells() -> None:
    rows = pl.DataFrame({"k": ["a", "b", "c"], "n": ["A", "B", "C"], "net_sales": [900.0, 50.0, 70.0], "expected": [905.0, 90.0, None]})
    shown = bars(rows, name="n", key="k", comparison="expected", by_variance=True).frame
    assert shown.select("key", "variance").rows() == [("b", -40.0), ("a", -5.0), ("c", None)]


def test_variance_says_better_or_worse_by_sign_arrow_and_colour() -> None:
    frame = bars(pl.DataFrame({"k": ["a", "b"], "n": ["A", "B"], "net_sales": [110.0, 90.0], "previous": [100.0, 100.0]}), name="n", key="k").frame
    assert frame["variance_text"].to_list() == ["+€10", "-€10"]
    assert frame["rate_text"].to_list() == ["▲ +10.0%", "▼ -10.0%"]
    assert frame["is_better"].to_list() == [True, False]


def test_more_returns_are_worse() -> None:
    frame = pl.DataFrame({"k": ["a"], "n": ["A"], "return_rate": [0.2], "previous": [0.1]})
    assert bars(frame, name="n", key="k", value="return_rate").frame["is_better"].to_list() == [False]


def test_texts_in_the_frame_follow_the_language() -> None:
    language.use("es", "EUR")
    frame = bars(REGIONS, name="region", key="region_id").frame
    assert frame["name"][-1] == "Otros (4)"
    assert frame["rate_text"][1] == "▼ -1,0\u00a0%"
