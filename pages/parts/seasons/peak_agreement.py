"""The plan for the next peak with one distributor: units per product over the natural forecast, kept in versions."""

import polars as pl
import streamlit as st

from charts.columns import column_label
from data import records
from data.journal import writer_name
from data.language import _, format_change, format_number
from data.records import Record
from measures.metrics import change_rate
from measures.seasons.peak_forecast import PeakForecast
from measures.seasons.peak_plans import RECORD_KIND, is_for, plan_lines
from pages.parts import seen, session, states, tables
from pages.parts.escape import plain

EDITED = "plan"


def show(answer: PeakForecast) -> None:
    """Choose a distributor, type the plan beside forecast and last peak, save it; below it, all plans."""
    accounts = {row["id"]: row for row in answer.by_account.filter(pl.col("total") > 0).iter_rows(named=True)}
    account_id = st.selectbox(_("Distributor"), list(accounts), key="plan_account", format_func=lambda key: accounts[key]["name"])
    if account_id is not None:
        _plan(answer, accounts[account_id])
    st.markdown(f"**{_('Plans for this peak')}**")
    if answer.plans.is_empty():
        st.write(_("Nobody has written a plan yet. Choose a distributor, type what was agreed, and save it."))
        return
    tables.show(answer.plans.drop("record_id"), "peak_plans", key="peak_plans")


def _plan(answer: PeakForecast, account: dict[str, object]) -> None:
    """The editor of one distributor's plan and its history."""
    name, last = f"plan_{account['id']}", _record(account)
    drawn, key = seen.before(f"{name}_seen", last), seen.fresh(name)
    # What was typed stays on the figures that it was typed upon, whoever saves meanwhile.
    begun = st.session_state.setdefault(f"{key}_begun", last)
    lines = plan_lines(answer.forecast.filter(pl.col("account_id") == account["id"]), _last_peak(answer, account["id"]), _units(begun))
    edited = _edited(lines, f"{key}_editor")
    natural, plan = float(lines["natural"].sum()), float(edited["plan"].sum())
    change = change_rate(plan, natural)
    st.markdown(
        _("Forecast {natural}, plan **{plan}** ({change}); last peak {last}.").format(
            natural=format_number(natural), plan=format_number(plan), change="–" if change is None else format_change(change), last=format_number(lines["last_peak"].sum())
        )
    )  # fmt: skip
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    note = left.text_input(_("Note"), str((begun and begun.content.get("note")) or ""), key=f"{key}_note", max_chars=300)
    agreed = right.toggle(_("Agreed with the distributor"), bool(begun and begun.content.get("is_agreed")), key=f"{key}_agreed")
    if st.button(_("Save the plan"), type="primary", key="plan_save"):
        changed = {row["product_id"]: row["plan"] for row in edited.iter_rows(named=True)}
        _write(name, str(account["id"]), drawn, {"peak": account["peak_start"].isoformat(), "lines": changed, "note": note.strip() or None, "is_agreed": agreed})
    if last and last != begun:
        _both(name, edited, last)
    tables.downloads(edited, "peak_plan", key=f"plan_lines_{account['id']}", about=[(_("Distributor"), str(account["name"]))])
    if last:
        _history(last)


def _units(plan: Record | None) -> dict[str, float] | None:
    return {str(product): float(units) for product, units in plan.content["lines"].items()} if plan else None


def _both(name: str, edited: pl.DataFrame, theirs: Record) -> None:
    """What somebody saved while the plan was open here, beside what is typed; and the way to theirs."""
    st.markdown(_("**{who} saved version {n} while this was open.** “Save the plan” puts yours over it; it stays among the versions.").format(
        who=plain(writer_name(theirs.written_by)), n=theirs.version))  # fmt: skip
    units = _units(theirs) or {}
    rows = edited.with_columns(theirs=pl.Series([units.get(product, 0.0) for product in edited["product_id"]], dtype=pl.Float64), mine=pl.col("plan"))
    differing = rows.filter(pl.col("theirs") != pl.col("mine")).select("product", pl.col("theirs", "mine").round(0).cast(pl.Int64), "product_id")
    if differing.is_empty():
        st.write(_("They are the same."))
    else:
        tables.show(differing, "peak_plan_both", key="plan_both")
    st.button(_("Take theirs"), key="plan_theirs", on_click=seen.done, args=(name,))


def _edited(lines: pl.DataFrame, key: str) -> pl.DataFrame:
    """The lines as somebody changed them; only the plan can be typed into."""
    shown = lines.drop("plan_gap")
    config: dict[str, object] = {
        name: st.column_config.NumberColumn(column_label(name), format="localized", step=1, min_value=0 if name == EDITED else None)
        for name in ("last_peak", "natural", "plan")
    }
    config |= {"product_id": None, "product": column_label("product")}
    rounded = shown.with_columns(pl.col("last_peak", "natural").round(0)).to_pandas()
    found = st.data_editor(
        rounded, key=key, column_config=config, hide_index=True, disabled=[name for name in shown.columns if name != EDITED], height=360, width="stretch",
    )  # fmt: skip
    typed = pl.Series("plan", found["plan"].to_list(), dtype=pl.Float64).fill_null(0.0)
    return lines.with_columns(typed).with_columns(plan_gap=pl.col("plan") - pl.col("natural"))


def _record(account: dict[str, object]) -> Record | None:
    """The open plan for the account's next peak."""
    found = [record for record in records.open_records(session.current().journal, RECORD_KIND) if is_for(record, {account["id"]: account})]
    return found[-1] if found else None


def _last_peak(answer: PeakForecast, account_id: str) -> dict[str, float]:
    """Units of the last peak by product."""
    board = answer.board
    place = board.accounts["account_id"].to_list().index(account_id)
    cells = board.account == place
    return dict(zip(board.products[board.product[cells]]["product_id"], board.last_peak[cells].tolist(), strict=True))


def _history(plan: Record) -> None:
    with st.expander(_("Versions")):
        rows = [
            (version.version, sum(map(float, version.content["lines"].values())), bool(version.content.get("is_agreed")), version.content.get("note"),
             version.written_by, version.written_at)
            for version in records.history(session.current().journal, plan.record_id)
        ]  # fmt: skip
        names = {"version": pl.Int64, "plan": pl.Float64, "is_agreed": pl.Boolean, "note": pl.String, "written_by": pl.String, "written_at": pl.String}
        tables.show(pl.DataFrame(rows, schema=names, orient="row").reverse(), "peak_plan_versions", key="plan_versions")


def _write(name: str, account_id: str, drawn: Record | None, content: dict[str, object]) -> None:
    with states.guarded():
        seen.write(drawn, RECORD_KIND, account_id, content, apart=["peak"])
        seen.done(name)
        st.rerun()
