"""What the journal's audit says was done, in the reader's words."""

from data.language import _, mark

WHOLE = {
    "save setting": mark("Setting saved"), "reset setting": mark("Setting back to its default"), "save user": mark("User saved"),
    "remove user": mark("User removed"), "save mapping": mark("Column matching saved"), "save targets": mark("Target board saved"),
    "approved targets": mark("Target board approved"), "frozen targets": mark("Target board frozen"), "opened targets": mark("Target board opened again"),
}  # fmt: skip
VERBS = {"add": mark("{what}: written"), "change": mark("{what}: changed"), "close": mark("{what}: closed")}
KINDS = {
    "early_warning": mark("Early warning"), "outlets": mark("Outlet growth point"), "peak_plan": mark("Plan of the peak"), "prospect": mark("Notes on a prospect"),
    "prospect_action": mark("Prospect's action"), "quadrant_action": mark("Quadrant's action"), "settlement": mark("Settlement verdict"),
    "strategic_exception": mark("Strategic exception"), "supplier_rank": mark("Supplier's rank"), "territory_move": mark("Move between territories"),
    "universe": mark("Universe"), "variety_decision": mark("Decision on a variety"), "wallet": mark("Wallet growth point"),
}  # fmt: skip


def change_text(action: str) -> str:
    """An action of the audit in words; one that nobody named is shown as it is written.

    >>> change_text("add universe")
    'Universe: written'
    """
    if action in WHOLE:
        return _(WHOLE[action])
    verb, _space, kind = action.partition(" ")
    return _(VERBS[verb]).format(what=_(KINDS[kind])) if verb in VERBS and kind in KINDS else action
