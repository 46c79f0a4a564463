"""Columns of the seasons' section."""

from data.language import mark

LABELS: dict[str, str] = {
    "change_units": mark("Change in units"),
    "edit": mark("Edited"),
    "found": mark("What is wrong"),
    "growth_points": mark("Growth points"),
    "kruskal_p": mark("p (Kruskal–Wallis)"),
    "lift_units": mark("Lift in units"),
    "mine": mark("Mine"),
    "natural_amount": mark("Natural sales in money"),
    "off_season": mark("Off-season"),
    "off_season_share": mark("Off-season's share"),
    "on_board": mark("On the board"),
    "part": mark("Part of the target"),
    "part_units": mark("Units"),
    "remedy": mark("What to do"),
    "requirement": mark("Requirement"),
    "scope_name": mark("Scope"),
    "sheet_row": mark("Row of the sheet"),
    "signed": mark("Signed"),
    "target_amount": mark("Target in money"),
    "theirs": mark("Theirs"),
}

MONEY = frozenset()

RATES = frozenset(
    {
        "off_season_share",
    }
)  # fmt: skip

COUNTS = frozenset({"headroom", "requirement"})
