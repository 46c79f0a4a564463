"""Columns of the seasons' section."""

from data.language import mark

LABELS: dict[str, str] = {
    "kruskal_p": mark("p (Kruskal–Wallis)"),
    "lift_units": mark("Lift in units"),
    "off_season": mark("Off-season"),
    "off_season_share": mark("Off-season's share"),
    "scope_name": mark("Scope"),
}

MONEY = frozenset()

RATES = frozenset(
    {
        "off_season_share",
    }
)  # fmt: skip

COUNTS = frozenset()
