"""Columns of the monthly evaluation and of the weekly meeting."""

from data.language import mark

LABELS: dict[str, str] = {
    "adherence_points": mark("Points: adherence"),
    "attainment_points": mark("Points: attainment"),
    "chance_running": mark("Chance of so few in three months"),
    "comment": mark("Comment"),
    "expected_rate": mark("Weekdays gone"),
    "first": mark("First"),
    "has_moved": mark("Changed since"),
    "indicators": mark("Indicators known"),
    "is_signed": mark("Signed"),
    "is_sure": mark("More than chance"),
    "kept": mark("New accounts that still buy"),
    "kept_month": mark("New accounts until"),
    "kept_not_seen": mark("New accounts, nobody looked"),
    "kept_planned": mark("New accounts planned"),
    "kept_rate_points": mark("Points: new accounts kept"),
    "leader": mark("Who leads"),
    "month_developments": mark("Developments this month"),
    "month_visits": mark("Visits this month"),
    "proposal": mark("Proposed"),
    "second": mark("Second"),
    "signed_payout": mark("Payout as written"),
    "signed_score": mark("Score as written"),
    "strike_high": mark("Strike rate, at most"),
    "strike_index": mark("Strike rate against its goal"),
    "strike_index_points": mark("Points: strike rate"),
    "strike_low": mark("Strike rate, at least"),
    "strikes": mark("Visits that ended with an order"),
    "visits_all": mark("All visits"),
    "week_verdict": mark("The week, judged"),
}

MONEY: frozenset[str] = frozenset()

RATES = frozenset(
    {
        "adherence_points", "attainment_points", "chance_running", "expected_rate", "first", "kept_rate_points", "second", "signed_payout", "signed_score", "strike_high",
        "strike_index", "strike_index_points", "strike_low",
    }
)  # fmt: skip

COUNTS = frozenset({"indicators", "kept", "kept_not_seen", "kept_planned", "month_developments", "month_visits", "strikes", "visits_all"})
