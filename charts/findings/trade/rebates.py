"""The rebates' findings: what has accrued, whom to push, whom not; and one account's schemes, one sentence each."""

from charts.cached import cached
from charts.trade.rebate_words import amount, cases, tier
from data.language import _, format_money, format_money_compact, format_number, format_percent, ngettext
from measures.metrics import ratio
from measures.trade.rebates import Rebates


@cached
def sentence(answer: Rebates) -> str:
    """What the rebates say, as plain text in the reader's language."""
    if answer.summary.is_empty():
        return _("No rebate scheme holds for these accounts")
    row = answer.summary.row(0, named=True)
    head = _("{accrued} of rebates have accrued, {share} of net sales").format(
        accrued=format_money_compact(row["accrual"]), share=format_percent(ratio(row["accrual"], row["net_sales"]))
    )
    return head + _pushed(row)


def _pushed(row: dict[str, float]) -> str:
    told = {
        "n": format_number(row["paying_accounts"]), "cases": cases(row["paying_cases"]), "gain": format_money_compact(row["paying_gain"]),
        "m": format_number(row["costing_accounts"]), "loss": format_money_compact(-row["costing_gain"]),
    }  # fmt: skip
    if not row["paying_accounts"] and not row["costing_accounts"]:
        return _("; nobody is within reach of a further tier")
    push = ngettext("; {n} account lacks {cases} to a tier that leaves us {gain}", "; {n} accounts lack {cases} to a tier that leaves us {gain}", row["paying_accounts"])
    leave = _("; for {m} it would cost {loss} more than it brings")
    return (push if row["paying_accounts"] else "").format(**told) + (leave if row["costing_accounts"] else "").format(**told)


def beside(row: dict[str, object]) -> str:
    """What stands beside an account that is near a tier: cases, what it is worth to it, what is left to us."""
    return _("{cases} · {worth} to it · {gain} to us").format(
        cases=cases(row["push_cases"]), worth=format_money_compact(row["push_worth"]), gain=format_money_compact(row["gain"])
    )


def in_words(row: dict[str, object]) -> str:
    """One account in one scheme, for a tooltip or its sheet: how far, what the next tier is worth, and whether the year gets there."""
    texts = {
        "scheme": row["scheme_id"], "value": amount(row["value_to_date"], row["measure"]), "natural": amount(row["natural_year"], row["measure"]),
        "next": tier(row["next_tier"], row["measure"], row["next_rate"]), "cases": cases(row["distance_cases"]), "money": format_money(row["distance_amount"]),
        "worth": format_money(row["worth"]), "chance": format_percent(row["p_reaching"], 0), "paid": format_money(row["paid_so_far"]),
    }  # fmt: skip
    if row["next_tier"] is None:
        return _("{scheme}: every tier is reached with {value}; it pays {paid} so far").format(**texts)
    text = _("{scheme}: {value} so far; {cases} ({money}) are missing to {next}, which is worth {worth}").format(**texts)
    if row["natural_year"] is None:
        return text
    return text + _("; the natural year of {natural} gets there with a chance of {chance}").format(**texts)


def for_customer(row: dict[str, object]) -> str:
    """The same to the customer: what is missing to the next tier, what it brings, and whether the present course gets there."""
    if row["next_tier"] is None:
        return _("Every tier is reached.")
    texts = {"next": tier(row["next_tier"], row["measure"], row["next_rate"]), "cases": cases(row["distance_cases"]), "worth": format_money(row["worth"])}
    text = _("{cases} more reach {next}: {worth} more than now.").format(**texts)
    if row["natural_year"] is None:
        return text
    if row["natural_year"] >= row["next_tier"]:
        text += " " + _("At the present course the year gets there.")
    if row["push_tier"] is None:
        return text
    beyond = {"cases": cases(row["push_cases"]), "next": tier(row["push_tier"], row["measure"], row["push_rate"]), "worth": format_money(row["push_worth"])}
    return text + " " + _("Beyond the present course, {cases} reach {next}: {worth} more.").format(**beyond)


def switching(row: dict[str, float], share: float) -> str:
    """What the customer loses by buying a part elsewhere: `row` has moved_amount and switch_cost, summed over its schemes."""
    if not row["switch_cost"]:
        return _("Buying {share} of the rest of the year elsewhere would cost no rebate").format(share=format_percent(share, 0))
    return _("Buying {share} of the rest of the year elsewhere ({moved}) would cost {cost} of rebates: another supplier has to be {discount} cheaper").format(
        share=format_percent(share, 0), moved=format_money(row["moved_amount"]), cost=format_money(row["switch_cost"]),
        discount=format_percent(ratio(row["switch_cost"], row["moved_amount"])),
    )
