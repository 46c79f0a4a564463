"""What stands above the target board: its metrics, and what is out of reach."""

import streamlit as st

from data.language import _, format_month, format_number, format_percent
from pages.parts import metrics


def metric_row(row: dict[str, object]) -> None:
    """Requirement, natural peak, lift, natural off-season and its target."""
    basis = _("as stated") if row["requirement_basis"] == "stated" else _("last peak and its growth")
    metrics.row(
        [
            metrics.Tile("quantity", row["requirement"], label=_("Requirement"), beside=basis),
            metrics.Tile("natural", row["natural_peak"], label=_("Natural peak"), beside=_("from {month}").format(month=format_month(row["peak_start"]))),
            metrics.Tile("lift", row["lift"]),
            metrics.Tile("natural", row["natural_total"], label=_("Natural off-season"), beside=_("from {month}").format(month=format_month(row["off_season_start"]))),
            metrics.Tile("target", row["target_total"], change(row["target_total"], row["natural_total"]), _("on natural"), label=_("Off-season target")),
        ]
    )  # fmt: skip


def change(target: float, natural: float) -> float | None:
    """The target over natural sales, as a rate."""
    return target / natural - 1 if natural else None


def feasibility(row: dict[str, object]) -> None:
    """Say when the ceiling binds, and whether growth points carry the gap."""
    if row["is_feasible"] is False:
        st.warning(
            _("The requirement asks for {lift} more, but no cell may grow by more than {ceiling}: the nearest feasible target is {total} units.").format(
                lift=format_percent(row["lift"]), ceiling=format_percent(row["applied_lift"]), total=format_number(row["target_total"])
            )
        )
    if row["gap"] is not None and row["gap"] > row["growth_points_total"]:
        st.warning(
            _("The growth points found are worth {found} units, less than the gap of {gap}.").format(
                found=format_number(row["growth_points_total"]), gap=format_number(row["gap"])
            )
        )
