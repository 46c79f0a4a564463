"""What stands above the target board: its metrics, and what is out of reach."""

import streamlit as st

from data.language import _, format_money_compact, format_month, format_number, format_percent, listed, month_names, ngettext
from measures.seasons.natural_board import Board
from measures.seasons.seasons import Window
from pages.parts import choices, metrics, session
from pages.parts.escape import plain
from pages.parts.seasons import targets_controls


def metric_row(row: dict[str, object]) -> None:
    """Requirement, natural peak, lift, natural off-season and its target."""
    basis = {"stated": _("as stated"), "last_peak": _("last peak and its growth"), "forecast": _("forecast of the peak and its growth")}
    sold = _("{units} sold before").format(units=format_number(row["sold_so_far"])) if row["is_running"] else ""
    since = _("from {month}").format(month=format_month(row["off_season_start"]))
    metrics.row(
        [
            metrics.Tile("quantity", row["requirement"], label=_("Requirement"), beside=basis[row["requirement_basis"]]),
            metrics.Tile("natural", row["natural_peak"], label=_("Natural peak"), beside=_("from {month}").format(month=format_month(row["peak_start"]))),
            metrics.Tile("lift", row["lift"]),
            metrics.Tile("natural", row["natural_total"], label=_("Natural off-season"), beside=sold or since),
            metrics.Tile("target", row["target_total"], change(row["target_total"], row["natural_total"]), format_money_compact(row["target_amount"]), label=_("Off-season target")),
        ]
    )  # fmt: skip


def change(target: float, natural: float) -> float | None:
    """The target over natural sales, as a rate."""
    return target / natural - 1 if natural else None


def coverage(row: dict[str, object]) -> None:
    """Say whom and what the board holds, and what part of the units it leaves out."""
    told = [_("The board and its last peak are of accounts that bought in the last twelve months, and of products that go on.")]
    left, others, apart = (row[name] or 0.0 for name in ("share_left_out", "share_other_kinds", "share_other_seasons"))
    if round(left, 3):
        told.append(_("{share} of the units sold in these months are left out:").format(share=format_percent(left)))
        reasons = {
            apart: _("{share} in regions that are planned apart"), others: _("{share} to wholesalers and outlets that buy directly"),
            left - apart - others: _("{share} of discontinued products"),
        }  # fmt: skip
        told.append(", ".join(text.format(share=format_percent(share)) for share, text in reasons.items() if round(share, 3)) + ".")
    st.caption(" ".join(told))


def groups(board: Board) -> None:
    """Where regions' off-seasons contradict each other: which of them this board plans, and a way to the others."""
    if not board.groups:
        return
    with st.container(border=True, key="targets_groups"):
        st.markdown(_said(board))
        with st.container(horizontal=True):
            for at, group in enumerate(board.groups, start=1):
                st.button(
                    _("Plan {months}").format(months=_months(group.off_season)), key=f"targets_group_{at}", disabled=at == board.group,
                    on_click=targets_controls.take_group, args=(at,),
                )  # fmt: skip
            st.button(_("Plan all together"), key="targets_group_0", disabled=board.group == 0, on_click=targets_controls.take_group, args=(0,))


def _said(board: Board) -> str:
    names = choices.of(session.current()).regions
    lists = [
        _("{months} in {regions}").format(months=_months(group.off_season), regions=plain(listed([names.get(region, region) for region in group.regions if region])))
        for group in board.groups
    ]  # fmt: skip
    if board.group:
        return _("**Off-seasons differ**: {groups}. One board plans one off-season; this is the board of the regions in {which}.").format(
            groups="; ".join(lists), which=_months(board.groups[board.group - 1].off_season))  # fmt: skip
    return _("**Off-seasons differ**: {groups}. This board plans all of them by the company's season, so that some are asked for their off-season's targets in their peak.").format(
        groups="; ".join(lists))  # fmt: skip


def _months(window: Window) -> str:
    """April–September."""
    first, last = (month_names()[month - 1] for month in (window.calendar_months[0], window.calendar_months[-1]))
    return first if window.months == 1 else f"{first}–{last}"


def season(row: dict[str, object], wanted: str) -> None:
    """Say that an off-season runs and can be planned, or that none runs although it was asked for."""
    if row["running_months"] and not row["is_running"]:
        left = ngettext("An off-season is running: {n} month of it is left", "An off-season is running: {n} months of it are left", row["running_months"])
        st.info(left.format(n=row["running_months"]) + " " + _("(“Off-season to plan” plans them)."))
    elif wanted == "running" and not row["is_running"]:
        st.info(_("No off-season is running at the end of the data: this is the next one."))


def feasibility(row: dict[str, object]) -> None:
    """Say when the limits bind, and whether growth points carry the gap."""
    if row["is_feasible"] is False:
        with st.container(border=True, key="targets_refused"):
            st.markdown(
                _("**The requirement of {requirement} units cannot be met.** It asks for {lift} more; the limits allow {most}. The nearest that can be met is **{nearest} units**: the board below shows its {total} units of the off-season.").format(
                    requirement=format_number(row["requirement"]), lift=format_percent(row["lift"]), most=format_percent(row["applied_lift"]),
                    nearest=format_number(row["nearest_requirement"]), total=format_number(row["target_total"]),
                )
            )  # fmt: skip
            st.button(_("Take the nearest"), key="targets_nearest", on_click=targets_controls.state, args=(row["nearest_requirement"],))
    # Less than a case is the rounding to whole ones.
    if row["growth_points_missing"] >= 1:
        st.warning(
            _(
                "The growth points found can carry {found} units within the limits, {missing} less than the gap: for the rest nobody knows yet where it comes from."
            ).format(found=format_number(row["growth_points_in_limits"]), missing=format_number(row["growth_points_missing"]))
        )
