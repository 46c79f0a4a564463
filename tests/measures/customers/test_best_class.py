"""Who is in the best class of two bases of classification."""

import polars as pl

from measures.customers.quadrant_bases import in_best_class


def test_who_buys_regularly_but_little_is_not_in_the_best_class_by_performance() -> None:
    rows = pl.DataFrame(
        {"account_id": ["a", "b", "c"], "performance": ["EI", "EIII", "EI"], "performance_score": [0.8, 0.9, 0.8], "credit": ["good", "good", "watch"]}
    )
    assert in_best_class(rows, "performance")["account_id"].to_list() == ["a", "c"]
    assert in_best_class(rows, "performance", "credit")["account_id"].to_list() == ["a"]
