"""Columns of the seasons' section."""

from data.language import mark

LABELS: dict[str, str] = {
    "edit": mark("Edited"),
    "growth_points": mark("Growth points"),
    "kruskal_p": mark("p (Kruskal–Wallis)"),
    "lift_units": mark("Lift in units"),
    "natural_amount": mark("Natural sales in money"),
    "off_season": mark("Off-season"),
    "off_season_share": mark("Off-season's share"),
    "scope_name": mark("Scope"),
    "target_amount": mark("Target in money"),
}

MONEY = frozenset()

RATES = frozenset(
    {
        "off_season_share",
    }
)  # fmt: skip

COUNTS = frozenset()
