"""The demo brewery: what it promises to the pages and to the tests that use it."""

import io
from datetime import date
from decimal import Decimal

import numpy as np
import polars as pl
import pytest

from data.contract import TABLES, Column, Table
from data.demo import THROUGH, demo_tables, demo_truth
from data.demo.places import REGIONS, seasonal_index

LINES = 120_000
MONTHS = 60
KINDS = {
    "id": {pl.String},
    "text": {pl.String},
    "choice": {pl.String},
    "date": {pl.Date},
    "month": {pl.Date},
    "flag": {pl.Boolean},
}
NUMBERS = {"money": {pl.Decimal(18, 4)}, "number": {pl.Float64, pl.Int64}}

Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return demo_tables(LINES)


@pytest.fixture(scope="module")
def truth() -> pl.DataFrame:
    return demo_truth()


@pytest.fixture(scope="module")
def months(tables: Tables) -> pl.Series:
    """The first days of the five years' months."""
    return tables["transactions"]["sold_on"].dt.truncate("1mo").unique().sort()


@pytest.fixture(scope="module")
def volume(tables: Tables, truth: pl.DataFrame, months: pl.Series) -> np.ndarray:
    """Net volume in hl of each buyer (in the order of the truth) and month."""
    hl = pl.col("quantity") * pl.col("unit_volume")
    lines = (
        tables["transactions"].join(tables["products"], on="product_id").with_columns(month=pl.col("sold_on").dt.truncate("1mo"))
    )
    wide = lines.group_by("account_id", "month").agg(hl.sum()).pivot("month", index="account_id", values="quantity")
    rows = truth.select("account_id").join(wide, on="account_id", how="left", maintain_order="left")
    return rows.select(str(month) for month in months).fill_null(0).to_numpy()


@pytest.fixture(scope="module")
def level(volume: np.ndarray, truth: pl.DataFrame, months: pl.Series) -> np.ndarray:
    """The same without the season that was constructed."""
    index = {region.region_id: seasonal_index(region) for region in REGIONS}
    season = np.array([index[region_id] for region_id in truth["region_id"]])[:, months.dt.month().to_numpy() - 1]
    return volume / season ** truth["amplitude"].to_numpy()[:, None]


def variation(level: np.ndarray) -> np.ndarray:
    """Residual variation around a line through the last 24 months."""
    found = []
    for values in level[:, -24:]:
        at = np.arange(24)
        residuals = values - np.polyval(np.polyfit(at, values, 1), at)
        found.append(np.sqrt((residuals**2).sum() / 22) / values.mean())
    return np.array(found)


def is_pattern(truth: pl.DataFrame, *patterns: str) -> np.ndarray:
    return truth["pattern"].is_in(patterns).to_numpy()


def bytes_of(tables: Tables) -> list[bytes]:
    written = []
    for frame in tables.values():
        file = io.BytesIO()
        frame.write_ipc(file)
        written.append(file.getvalue())
    return written


def test_the_same_seed_gives_the_same_bytes():
    assert bytes_of(demo_tables(3_000, seed=3)) == bytes_of(demo_tables(3_000, seed=3))


def test_another_seed_gives_another_brewery():
    one, other = demo_tables(3_000, seed=3), demo_tables(3_000, seed=4)
    assert not one["transactions"].equals(other["transactions"])
    assert not one["accounts"].equals(other["accounts"])


@pytest.mark.parametrize("lines", [1, 2, 57, 4_999, 60_001])
def test_the_number_of_lines_is_exact_and_changes_no_other_count_of_things(lines: int, tables: Tables):
    made = demo_tables(lines)
    assert made["transactions"].height == lines
    for name in ("accounts", "products", "salespeople", "opportunities", "programmes", "contacts", "development_plans"):
        assert made[name].height == tables[name].height


def test_a_demo_without_lines_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        demo_tables(0)


def test_the_constructed_counts_are_exact(tables: Tables):
    counted = tables["accounts"].group_by("kind").len().sort("kind")
    kinds = dict(counted.iter_rows())
    assert (tables["regions"].height, tables["regions"]["parent_region_id"].drop_nulls().len()) == (14, 12)
    assert (tables["salespeople"].height, tables["products"].height) == (60, 80)
    assert tables["products"]["category"].n_unique() == 6
    assert (kinds["distributor"], kinds["direct"]) == (400 + 180, 40)
    assert kinds["wholesaler"] > 520 and kinds["outlet"] > 1_500
    assert tables["opportunities"].height == 6_000
    assert tables["development_plans"].height == 47 * MONTHS * 2
    assert tables["programmes"].height == 9 * 2 * 5


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_filled_with_the_contracts_columns_in_its_types(name: str, tables: Tables):
    table, frame = TABLES[name], tables[name]
    assert frame.height > 0
    assert frame.columns == [column.name for column in table.columns]
    for column in table.columns:
        assert frame.schema[column.name] in (KINDS | NUMBERS)[column.kind], column.name


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_value_is_one_that_the_contract_accepts(table: Table, tables: Tables):
    frame = tables[table.name]
    for column in table.columns:
        check_column(column, frame[column.name])
    if table.one_of:
        assert frame.select(pl.any_horizontal(pl.col(table.one_of).is_not_null()).all()).item()


def check_column(column: Column, values: pl.Series) -> None:
    known = values.drop_nulls()
    assert not column.required or values.null_count() == 0, column.name
    assert not column.choices or set(known.unique()) <= set(column.choices), column.name
    assert column.minimum is None or known.min() is None or known.min() >= column.minimum, column.name
    assert column.maximum is None or known.max() is None or known.max() <= column.maximum, column.name
    if values.dtype == pl.String:
        assert (known.str.strip_chars() == known).all() and (known != "").all(), column.name
    if column.kind == "month":
        assert (known.dt.day() == 1).all(), column.name


@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.key], ids=lambda table: table.name)
def test_every_key_is_unique(table: Table, tables: Tables):
    assert tables[table.name].select(table.key).is_duplicated().sum() == 0


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_reference_finds_its_row(table: Table, tables: Tables):
    for column in table.columns:
        if column.refers_to:
            found = tables[column.refers_to][TABLES[column.refers_to].key[0]]
            assert tables[table.name][column.name].drop_nulls().is_in(found.implode()).all(), column.name


def test_lines_stand_in_the_order_of_their_dates_within_five_years_on_working_days(tables: Tables):
    sold_on = tables["transactions"]["sold_on"]
    assert sold_on.is_sorted()
    assert date(2021, 11, 1) <= sold_on.min() and sold_on.max() <= THROUGH
    assert sold_on.dt.weekday().max() <= 5


def test_another_last_day_moves_the_five_years():
    sold_on = demo_tables(3_000, through=date(2024, 2, 29))["transactions"]["sold_on"]
    assert (sold_on.min().strftime("%Y-%m"), sold_on.max().strftime("%Y-%m")) == ("2019-03", "2024-02")


def test_each_order_is_one_accounts_on_one_day_apart_from_its_returns(tables: Tables):
    sold = tables["transactions"].filter(pl.col("quantity") > 0)
    orders = sold.group_by("order_id").agg(pl.col("account_id").n_unique(), pl.col("sold_on").n_unique(), pl.len())
    assert orders["account_id"].max() == 1 and orders["sold_on"].max() == 1
    assert 2 < orders["len"].mean() < 6


def test_returns_are_a_small_share_and_follow_a_sale_of_the_same_order(tables: Tables):
    lines = tables["transactions"]
    returned, sold = lines.filter(pl.col("quantity") < 0), lines.filter(pl.col("quantity") > 0)
    assert returned.height == int(LINES * 0.018)
    assert returned.height + sold.height == LINES
    assert (returned["net_amount"] < 0).all() and (sold["net_amount"] > 0).all()
    linked = returned.join(sold, on=["order_id", "account_id", "product_id"], suffix="_sold")
    possible = linked.filter((pl.col("sold_on") >= pl.col("sold_on_sold")) & (-pl.col("quantity") <= pl.col("quantity_sold")))
    assert possible["transaction_id"].n_unique() == returned.height


def test_only_distributors_and_direct_accounts_have_lines(tables: Tables):
    bought = tables["accounts"].filter(pl.col("account_id").is_in(tables["transactions"]["account_id"].unique().implode()))
    assert set(bought["kind"]) == {"distributor", "direct"}
    assert bought.height == 440


def test_stable_buyers_vary_little_and_erratic_ones_much(level: np.ndarray, truth: pl.DataFrame):
    found = variation(level[is_pattern(truth, "stable", "growing", "seasonal")])
    assert found.max() < 0.3
    assert variation(level[is_pattern(truth, "erratic")]).min() > 0.3
    assert is_pattern(truth, "stable").sum() == 130 and is_pattern(truth, "erratic").sum() == 80


def test_borderline_buyers_lie_around_the_cut(level: np.ndarray, truth: pl.DataFrame):
    found = variation(level[is_pattern(truth, "borderline")])
    assert len(found) == 20
    assert 0.26 < np.median(found) < 0.34


def test_seasonal_buyers_look_erratic_until_their_own_season_is_taken_out(volume: np.ndarray, truth: pl.DataFrame):
    seasonal = volume[is_pattern(truth, "seasonal")][:, -24:]
    assert (seasonal.std(axis=1) / seasonal.mean(axis=1)).min() > 0.3


def test_growing_buyers_grow_as_constructed(level: np.ndarray, truth: pl.DataFrame):
    growing = is_pattern(truth, "growing")
    slope = np.polyfit(np.arange(24), np.log(level[growing][:, -24:]).T, 1)[0]
    assert np.abs(slope - truth["monthly_change"].to_numpy()[growing]).mean() < 0.005


def test_fallen_buyers_lose_their_share_in_their_month(level: np.ndarray, truth: pl.DataFrame, months: pl.Series):
    fallen = truth.with_row_index().filter(pl.col("fell_on").is_not_null())
    for row in fallen.iter_rows(named=True):
        at = months.to_list().index(row["fell_on"])
        ratio = level[row["index"], at:].mean() / level[row["index"], at - 12 : at].mean()
        assert ratio == pytest.approx(row["step"], abs=0.2)
    assert fallen.height >= 10


def test_lost_new_and_reactivated_buyers_buy_only_in_their_time(tables: Tables, truth: pl.DataFrame):
    sold = tables["transactions"].filter(pl.col("quantity") > 0).join(truth, on="account_id")
    month = pl.col("sold_on").dt.truncate("1mo")
    outside = (month > pl.col("last_month")) | (month < pl.col("first_month"))
    outside |= (month >= pl.col("away_from")) & (month < pl.col("back_on"))
    assert sold.filter(outside).height == 0
    assert truth["last_month"].drop_nulls().len() == 30
    assert truth["away_from"].drop_nulls().len() == 10


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name)
def test_every_region_peaks_in_its_own_summer(region, volume: np.ndarray, truth: pl.DataFrame, months: pl.Series):
    own = volume[(truth["region_id"] == region.region_id).to_numpy()].sum(axis=0)
    year = np.array([own[(months.dt.month() == month).to_numpy()].mean() for month in range(1, 13)])
    windows = [year[[start, (start + 1) % 12, (start + 2) % 12]].sum() for start in range(12)]
    summer = {"SUR": 11, "NORTE": 5}[region.parent]
    assert (int(np.argmax(windows)) - summer) % 12 in (11, 0, 1)
    assert 1.6 < year.max() / year.min() < 3.6


def test_a_fifth_of_the_buyers_makes_three_quarters_of_the_sales(tables: Tables):
    lines = tables["transactions"].filter(pl.col("sold_on") > date(2025, 10, 31))
    sums = (
        lines.group_by("account_id")
        .agg(pl.col("net_amount").sum().cast(pl.Float64))
        .sort("net_amount", descending=True)["net_amount"]
    )
    assert 0.70 < sums.head(sums.len() // 5).sum() / sums.sum() < 0.85


def test_products_without_a_cost_leave_their_lines_without_one(tables: Tables):
    lines = tables["transactions"].join(tables["products"], on="product_id")
    uncosted = lines.filter(pl.col("unit_cost").is_null())
    assert uncosted.height > 0 and uncosted["cost_amount"].null_count() == uncosted.height
    assert 0.005 < lines["cost_amount"].null_count() / lines.height < 0.10


def test_products_are_sold_only_in_their_life(tables: Tables):
    lines = tables["transactions"].filter(pl.col("quantity") > 0).join(tables["products"], on="product_id")
    outside = (pl.col("sold_on") < pl.col("launched_on")) | (pl.col("sold_on") > pl.col("discontinued_on"))
    assert lines.filter(outside).height == 0
    assert tables["products"]["discontinued_on"].drop_nulls().len() == 6


def test_promoted_lines_are_sold_while_their_programme_runs(tables: Tables):
    sold = tables["transactions"].filter(pl.col("quantity") > 0)
    promoted = sold.join(tables["programmes"], left_on="promotion_id", right_on="programme_id")
    assert promoted.height > LINES * 0.01
    assert promoted.filter(~pl.col("sold_on").is_between("starts_on", "ends_on")).height == 0
    assert set(promoted["kind"]) == {"price", "display"}


def test_invoices_add_up_to_the_lines_and_some_are_paid_late(tables: Tables):
    invoices = tables["receivables"]
    assert invoices["amount"].sum() == tables["transactions"]["net_amount"].sum()
    late = invoices.filter(pl.col("paid_on") > pl.col("due_on").dt.offset_by("10d"))
    assert 0.08 < late.height / invoices.height < 0.25
    overdue = invoices.filter(pl.col("paid_on").is_null() & (pl.col("due_on") < date(2026, 9, 1)))
    assert overdue.height > 20


def test_targets_have_one_grain_and_ask_for_what_can_be_reached(tables: Tables):
    targets, lines = tables["targets"], tables["transactions"]
    assert targets["region_id"].null_count() == targets["salesperson_id"].null_count() == 0
    assert targets["account_id"].null_count() == targets["product_id"].null_count() == targets.height
    for year in range(2022, 2026):
        asked = targets.filter(pl.col("month").dt.year() == year)["amount"].sum()
        sold = lines.filter(pl.col("sold_on").dt.year() == year)["net_amount"].sum()
        assert Decimal("0.85") < sold / asked < Decimal("1.12")


def test_deals_begin_as_leads_and_end_with_their_closing_day(tables: Tables):
    deals, events = tables["opportunities"], tables["stage_events"].sort("opportunity_id", "entered_on")
    ways = events.group_by("opportunity_id", maintain_order=True).agg(pl.col("stage"), pl.col("entered_on"))
    joined = deals.join(ways, on="opportunity_id")
    assert joined.height == deals.height
    assert (joined["stage"].list.first() == "lead").all()
    assert (joined["entered_on"].list.first() == joined["created_on"]).all()
    is_closed = joined["stage"].list.last().is_in(["won", "lost"])
    assert (is_closed == joined["closed_on"].is_not_null()).all()
    assert (joined.filter(is_closed)["entered_on"].list.last() == joined.filter(is_closed)["closed_on"]).all()
    assert (
        joined.filter(joined["stage"].list.last() != "lost")["lost_reason"].null_count()
        == joined.filter(joined["stage"].list.last() != "lost").height
    )


def test_the_pipeline_has_skips_reentries_open_and_stale_deals(tables: Tables):
    ways = tables["stage_events"].group_by("opportunity_id").agg(pl.col("stage"), pl.col("entered_on").max())
    won = ways.filter(pl.col("stage").list.contains("won"))
    is_open = ~pl.col("stage").list.contains("won") & ~pl.col("stage").list.contains("lost")
    assert won.filter(~pl.col("stage").list.contains("proposal")).height > 20
    assert ways.filter(pl.col("stage").list.len() > pl.col("stage").list.n_unique()).height > 50
    assert 200 < ways.filter(is_open).height < 900
    assert ways.filter(is_open & (pl.col("entered_on") < date(2026, 1, 1))).height > 40


def test_prospects_have_scores_and_deals_but_no_lines_and_no_deal_won(tables: Tables):
    prospects = tables["accounts"].filter(pl.col("account_id").str.starts_with("L-"))["account_id"].implode()
    won = tables["stage_events"].filter(pl.col("stage") == "won")["opportunity_id"].implode()
    own = tables["opportunities"].filter(pl.col("account_id").is_in(prospects))
    assert own.filter(pl.col("opportunity_id").is_in(won)).height == 0
    scored = tables["prospect_scores"].filter(pl.col("account_id").is_in(prospects))
    assert scored["account_id"].n_unique() == 180 and scored["indicator"].n_unique() == 8


def test_every_new_buyer_was_won_before_its_first_order(tables: Tables, truth: pl.DataFrame):
    new = truth.filter(pl.col("pattern") == "new")
    won = tables["stage_events"].filter(pl.col("stage") == "won").join(tables["opportunities"], on="opportunity_id")
    first = won.join(new, on="account_id").group_by("account_id").agg((pl.col("closed_on") < pl.col("first_month")).any())
    assert first.height == 40 and first["closed_on"].all()


def test_visits_raise_the_next_months_volume_a_little(level: np.ndarray, truth: pl.DataFrame, tables: Tables, months: pl.Series):
    steady = is_pattern(truth, "stable")
    visits = tables["activities"].filter(pl.col("kind") == "visit").with_columns(month=pl.col("happened_on").dt.truncate("1mo"))
    wide = visits.group_by("account_id", "month").len().pivot("month", index="account_id", values="len")
    rows = truth.filter(steady).select("account_id").join(wide, on="account_id", how="left", maintain_order="left")
    lagged = np.minimum(rows.select(str(month) for month in months).fill_null(0).to_numpy(), 3)[:, :-1].astype(float)
    y, x = (within(values) for values in (np.log(level[steady][:, 1:]), lagged))
    assert (x * y).sum() / (x * x).sum() == pytest.approx(0.03, abs=0.015)


def within(values: np.ndarray) -> np.ndarray:
    """Values without their rows' and columns' means."""
    return values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean()


def test_plans_are_nearly_met_by_openings(tables: Tables):
    planned = tables["development_plans"]["planned_developments"].sum()
    below = tables["accounts"].filter(pl.col("kind").is_in(["outlet", "wholesaler"]))
    opened = below.filter(pl.col("opened_on") >= date(2021, 11, 1)).height
    assert 0.75 < opened / planned < 1.0


def test_rebate_schemes_are_retroactive_and_marginal_with_rising_tiers(tables: Tables):
    schemes = tables["rebates"].sort("scheme_id", "account_id", "from_value")
    assert set(schemes["retrospective"]) == {True, False}
    steps = schemes.group_by("scheme_id", "account_id").agg(pl.col("rate").diff().min().alias("step"), pl.len())
    assert steps["step"].min() > 0 and steps["len"].min() >= 2
