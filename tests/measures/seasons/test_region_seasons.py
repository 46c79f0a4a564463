"""Seasons by region: the company's is that of its sums, whichever region sold or returned."""

from datetime import date

import numpy as np
import pytest

from measures.history import whole_history
from measures.seasons.company_season import company_index
from measures.seasons.region_seasons import region_seasons
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store


def test_what_one_region_returns_comes_off_the_companys_season(tmp_path):
    months = [date(2023 + at // 12, at % 12 + 1, 1) for at in range(36)]
    sold = [(day, "A", "P", 200 if day.month == 6 else 100, 100) for day in months]
    returned = [(day, "B", "P", -50 if day.month == 6 else 10, 10) for day in months]
    regions = [{"region_id": key, "region": key} for key in ("N", "S")]
    accounts = [{"account_id": key, "account": key, "region_id": region} for key, region in (("A", "N"), ("B", "S"))]
    products = [{"product_id": "P", "product": "P"}]
    ask = ask_as(make_store(tmp_path, regions=regions, accounts=accounts, products=products, transactions=lines(*sold, *returned)))
    seasons, is_known = region_seasons(ask, Filters(), whole_history(ask))
    company = np.array(dict(seasons.iter_rows())[""])
    # June's 200 − 50 and the others' 110: a year's average month is 1360 ÷ 12.
    assert is_known
    assert company[[5, 6]] == pytest.approx([150 / (1360 / 12), 110 / (1360 / 12)])
    assert company == pytest.approx(company_index(ask, Filters(), whole_history(ask)))
