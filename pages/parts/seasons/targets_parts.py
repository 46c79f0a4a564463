"""A slice of the target board laid open: its sentence, its parts growth point by growth point, and its cells, of which one may be chosen."""

import polars as pl
import streamlit as st

from charts import labels
from data.language import _, format_month, format_number, mark
from measures.seasons.cell_parts import Slice, cell_parts
from measures.seasons.edited_board import EditedBoard
from pages.parts import tables
from pages.parts.escape import plain
from pages.parts.seasons.targets_shown import in_units

PARTS = {
    "natural": mark("Natural sales"), "lift_units": mark("Lift"), "growth_point": mark("Growth point"), "other_points": mark("Other growth points"),
    "rounding": mark("Rounding to whole units"), "edit": mark("Edited"), "target": mark("Target"),
}  # fmt: skip
POINTS = ("growth_point", "other_points")


def show(board: EditedBoard, rows: pl.DataFrame, chosen: Slice, title: str) -> None:
    """The parts of the slice, or of the one cell of it that is chosen in the table of its cells."""
    top = st.container()
    st.caption(_("Its cells; a chosen one is explained by itself."))
    place = tables.show(in_units(rows), "targets_cell", key="targets_cell", pick=True)
    if place is not None and place < rows.height:
        cell = rows.row(place, named=True)
        chosen = Slice(cell["account_id"], cell["product_id"], cell["month"])
        rows, title = rows[place], f"{cell['account']} · {cell['product']}, {format_month(cell['month'])}"
    with top:
        explained(cell_parts(board, chosen), title, float(rows["last_year"].sum()))


def explained(parts: pl.DataFrame, title: str, last_year: float) -> None:
    """Natural + lift + growth points + rounding + edited = target, and every growth point with its reason."""
    sums = dict(parts.group_by("part").agg(pl.col("part_units").sum()).rows())
    told = {name: sums[name] for name in ("natural", "rounding")} | {
        "lift": sums["lift_units"], "growth_points": sum(sums.get(name, 0.0) for name in POINTS), "last_year": last_year,
    }  # fmt: skip
    st.markdown(
        _("**{title}**: natural {natural} + lift {lift} + growth points {growth_points} + rounding {rounding} + edited {edit} = target **{target}**; a year ago {last_year}.").format(
            title=plain(title), target=format_number(sums["target"]), edit=format_number(sums["edit"]),
            **{name: format_number(units, 1) for name, units in told.items()},
        )
    )  # fmt: skip
    worded = labels.worded(labels.worded(parts, "part", writer=part), "kind", writer=lambda code: labels.label(code) if code else "")
    whole = pl.when(parts["part"].is_in(POINTS[:1])).then(pl.col("product").fill_null(_("All its products"))).alias("product")
    shown = worded.with_columns(whole).select("part", "part_units", "kind", "product", "reason", "account")
    tables.show(shown, "targets_parts", key="targets_parts", columns={"part_units": st.column_config.NumberColumn(_("Units"), format="localized")})


def part(code: str | None) -> str:
    """A part of a target in words."""
    return _(PARTS[code]) if code in PARTS else labels.label(code)
