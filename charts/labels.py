"""The reader's words for the codes that answers carry: quadrants, tiers, statuses, kinds, roles, reasons, metrics."""

from collections.abc import Callable

import polars as pl

from charts import values
from charts.columns import column_label
from data.contract.table_words import TABLE_WORDS
from data.imports.result import reason_text
from data.language import _, currency, mark

ANOTHER_REGION, PEOPLE = "another_region", ("salesperson", "former", "manager")
"""What answers say for a person whom the viewer does not see, and the columns that name people."""

QUADRANT_STRATEGIES = {"EI": mark("Consolidate"), "EII": mark("Recover"), "EIII": mark("Promote"), "EIV": mark("Liquidate")}

_WORDS: dict[str, str] = TABLE_WORDS | {
    # Tiers
    "vip": mark("VIP"), "large": mark("Large"), "medium": mark("Medium"), "small": mark("Small"),
    # What an account is
    "distributor": mark("Distributor"), "wholesaler": mark("Wholesaler"), "outlet": mark("Outlet"), "direct": mark("Direct customer"),
    # Roles of contacts
    "decision maker": mark("Decision maker"), "influencer": mark("Influencer"), "user": mark("User"), "gatekeeper": mark("Gatekeeper"),
    # Activities
    "visit": mark("Visit"), "call": mark("Call"), "message": mark("Message"), "event": mark("Event"),
    # Programmes
    "price": mark("Price action"), "display": mark("Display"), "training": mark("Training"), "trip": mark("Trip"),
    "content": mark("Content"),
    "pays_back": mark("Pays back"), "loses": mark("Does not pay back"), "unclear": mark("Cannot be told"), "no_cost": mark("Cost not known"),
    "no_effect": mark("No more sold than naturally"), "less_than_cost": mark("Less margin than it cost"),
    "others_rest": mark("Others and own other products"), "others": mark("Others only"), "own_season": mark("Own season"),
    "planned": mark("Planned"), "working": mark("Still working"), "ended": mark("Over"),
    "before": mark("Before"), "during": mark("During"), "after": mark("After"),
    "spent_grew": mark("Much spent, and it grew"), "spent_not": mark("Much spent, nothing came"),
    "little_grew": mark("Little spent, and it grew"), "little_not": mark("Little spent, little came"),
    "visits": mark("Visits"), "events": mark("Events"),
    # Development plans
    "alive": mark("Still buys"), "gone": mark("Gone"), "not_seen": mark("Nobody looked"), "too_young": mark("Too young"),
    "below_limits": mark("Below the limits"), "within_limits": mark("Within the limits"), "above_limits": mark("Above the limits"),
    # Monthly evaluation and weekly meeting
    "reward": mark("Reward"), "by_score": mark("Paid by the score"), "review": mark("Talk about it"), "penalty": mark("Penalty"),
    "no_visit": mark("No visit"), "on_plan": mark("On plan"), "no_plan": mark("No plan"),
    # How far a value can be trusted
    "ok": mark("Sound"), "provisional": mark("Provisional"), "new": mark("New"), "insufficient": mark("Too little history"),
    "missing_cost": mark("Cost missing"), "below_zero": mark("Not above zero"), "unrated": mark("Not rated"), "rated": mark("Has a rating"),
    # Where a season's index comes from
    "own": mark("Its own data"), "shrunk": mark("Mostly its own data"), "parent": mark("The level above"),
    # The days on which we sell
    "every_day": mark("Every day"), "monday_saturday": mark("Monday to Saturday"), "monday_friday": mark("Monday to Friday"),
    # How clear a season is
    "exists": mark("Clear season"), "weak": mark("Weak season"), "none": mark("No season"),
    # Deals; stages are the user's own words, these are only the commonest
    "lead": mark("Lead"), "qualified": mark("Qualified"), "proposal": mark("Proposal"), "negotiation": mark("Negotiation"),
    "won": mark("Won"), "lost": mark("Lost"), "open": mark("Open"),
    "snapshot": mark("Snapshot"), "cohort": mark("Cohort"), "transitions": mark("Transitions"),
    # Choices of thresholds
    "score": mark("Composite score"), "abc": mark("ABC"), "mean": mark("Mean"), "median": mark("Median"),
    "ramp": mark("Ramp"), "held": mark("Held"), "everyone": mark("All who buy"), "resellers": mark("Distributors and direct"),
    "previous_year": mark("The year before"), "previous_period": mark("The period before"), "own_dates": mark("Other months"),
    # Scopes
    "company": mark("Whole company"), "region": mark("Region"), "tenure": mark("Time as a customer"), "channel": mark("Channel"), "tier": mark("Tier"), "quadrant": mark("Quadrant"), "category": mark("Category"), "product": mark("Product"),
    "account": mark("Account"), "salesperson": mark("Salesperson"),
    # Early warnings
    "fall": mark("Buys less"), "silence": mark("Silent"), "kind": mark("Its kind"), "rhythm": mark("Its rhythm"),
    "novelty": mark("Likes novelty"), "competitor": mark("Competitor gives more"), "dissatisfied": mark("Dissatisfied"), "other": mark("Other"),
    "true_alarm": mark("It was right"), "false_alarm": mark("It was false"), "missed": mark("Lost without an alarm"),
    # Territories
    "balanced": mark("Balanced"), "over": mark("Too much work"), "under": mark("Too little work"), "leads_others": mark("Leads others"),
    "total": mark("Total"),
    # Wallet: strategies, what a wallet rests on, choices
    "defend": mark("Defend (ours)"), "develop": mark("Develop"), "keep_contact": mark("Keep good contact"),
    "acquire": mark("Acquire or abandon"),
    "declared": mark("Declared"), "observed": mark("Observed"), "modelled": mark("Modelled"), "ranked": mark("By rank"),
    "recent": mark("Last quarter"), "bought": mark("All suppliers"), "open_orders": mark("Open orders"),
    "credit_limit": mark("Credit limit"), "accounts_under": mark("Accounts under it"),
    # Life cycle, who owns it, protection of leads, kinds of deals
    "future": mark("Future"), "prospect": mark("Prospect"), "opportunity": mark("Opportunity"), "first_order": mark("First order"),
    "repurchase": mark("Repurchase"), "active": mark("Active"), "at_risk": mark("At risk"), "reactivated": mark("Reactivated"),
    "marketing": mark("Marketing"), "sales": mark("Sales"), "service": mark("Service"),
    "protected": mark("Protected"), "cooled": mark("Cooled"), "reawakened": mark("Reawakened"),
    "renewal": mark("Renewal"), "referral": mark("Of these, by referral"), "advanced": mark("Went on"), "returned": mark("Went back"),
    "heavy_b": mark("Heavy B"), "big_c": mark("Big C"), "small_c": mark("Small C"),
    # Scales of a rubric
    "hundred": mark("Up to 100"), "five": mark("Up to 5"), "percentile": mark("By rank"),
    # Products: what a reading asks for, how a product is delivered
    "weak_product": mark("Weak product"), "unwilling_distributors": mark("Distributors unwilling"), "delist": mark("Delist"),
    "professional": mark("Professional, customised"), "general": mark("General service"), "process": mark("Process excellence"),
    # Rebates: how a scheme pays, and whether reaching a tier pays for us
    "retroactive": mark("On everything"), "marginal": mark("Beyond the tier"), "growth": mark("Growth"), "cumulative": mark("Loyalty"),
    "pays": mark("Pays for us"), "costs": mark("Costs us more"), "never_pays": mark("Never pays"),
    # The universe: what an account is to us, what its size rests on; channels; ranks of products
    "buys": mark("Buys itself"), "supplied": mark("Supplied through another"), "lapsed": mark("Bought once"), "untouched": mark("Known by name only"),
    "with_supplied": mark("Supplied ones, too"), "own_orders": mark("Own orders only"),
    "all_stated": mark("Stated"), "partly_stated": mark("Stated in part"), "known_only": mark("Known here only"),
    "untapped": mark("Nobody buys yet"), "new_channel": mark("New channel"), "established": mark("Established"), "through_others": mark("Only through others"),
    "cosine": mark("Nearness"), "popularity": mark("Popularity"),
    # How near a rebate's tier is
    "reached": mark("Reached"), "on_the_way": mark("On the way"), "needs_more": mark("Needs more than the natural year"),
    # Where a period stands against its target, and which period it is
    "ahead": mark("Ahead"), "on_pace": mark("On pace"), "behind": mark("Behind"), "no_target": mark("No target"), "target_missed": mark("Missed"), "not_begun": mark("Not begun"),
    "season": mark("Season"), "quarter": mark("Quarter"), "year": mark("Fiscal year"), "plan": mark("The targets' months"), "high_season": mark("High season"),
    "imported_first": mark("Imported first"), "imported": mark("Imported only"), "signed_board": mark("Signed board"),
    # Off-season targets: what a requirement rests on, which season, kinds of growth points
    "last_peak": mark("Last peak"), "forecast": mark("Its forecast"), "stated": mark("A stated figure"), "running": mark("Running"), "next": mark("Next"),
    "white_space": mark("White space"), "below_peers": mark("Below its peers"), "outlets": mark("Outlets to win"),
    "approved": mark("Approved"), "frozen": mark("Frozen"), "opened": mark("Opened again"),
    # Movement
    "peak": mark("Peak"), "off_season": mark("Off-season"),
}  # fmt: skip

_LIFE_STAGES = {"lost": mark("Lost customer")}
_OPENINGS = {"new": mark("New opening")}

_UNITS = {
    "units": mark("units"), "volume": mark("hl"), "count": "", "days": mark("days"), "rate": "%",
    "index": mark("1 = average month"), "number": "",
}  # fmt: skip


def label(code: str | None) -> str:
    """The reader's word for a code; an unknown code is shown as it is written, a missing one as a dash."""
    if code is None:
        return "–"
    return _(_WORDS[code]) if code in _WORDS else code


def is_code(text: str | None) -> bool:
    """Whether `label` has a word for it."""
    return text in _WORDS


def life_stage(code: str | None) -> str:
    """A stage of an account's life; a lost customer is called otherwise than a lost deal."""
    return _(_LIFE_STAGES[code]) if code in _LIFE_STAGES else label(code)


def salesperson(name: str | None) -> str | None:
    """A salesperson's name as it is; of a person whom the viewer does not see, only that there is one."""
    return _("another region's salesperson") if name == ANOTHER_REGION else name


def opening(code: str | None) -> str:
    """Whether a deal opens a customer, renews one, or comes by referral."""
    return _(_OPENINGS[code]) if code in _OPENINGS else label(code)


def reason(code: str) -> str:
    """Why a row was rejected, in words; an unknown code is shown as it is."""
    return reason_text(code)


def strategy(quadrant: str) -> str:
    """What to do with the accounts of EI, EII, EIII or EIV."""
    return _(QUADRANT_STRATEGIES[quadrant])


def quadrant(code: str | None) -> str:
    """EI → EI Consolidate; any other class, as a path or a segment may have, by its own word; an account without one has a dash."""
    return f"{code} {strategy(code)}" if code in QUADRANT_STRATEGIES else tier(code)


def tier(code: str | None) -> str:
    """A tier or an ABC class; who has bought nothing net is in none."""
    return _("No class") if code == "none" else label(code)


def metric(name: str) -> str:
    """A metric's label, or a column's name where it is no metric."""
    return column_label(name)


def unit(name: str) -> str:
    """A metric's unit as written in axis titles: the currency for money; empty where it has none."""
    kind = values.unit_of(name)
    if kind == "money":
        return currency()
    return _(_UNITS[kind]) if _UNITS[kind] else ""


def axis_title(name: str) -> str:
    """A metric's label with its unit in brackets, unless the label is the unit."""
    title, of = metric(name), unit(name)
    return f"{title} ({of})" if of and of.lower() != title.lower() else title


def people(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the people whom the viewer does not see in words, wherever it names people."""
    unnamed = [name for name in PEOPLE if name in frame.columns and (frame[name] == ANOTHER_REGION).any()]
    return worded(frame, *unnamed, writer=salesperson) if unnamed else frame


def told_apart(name: str, key: str) -> pl.Expr:
    """The name, with its id beside it where another row has the same: what is drawn by name would lie on one another."""
    return pl.when(pl.col(name).is_duplicated()).then(pl.col(name) + " (" + pl.col(key) + ")").otherwise(pl.col(name))


def worded(frame: pl.DataFrame, *names: str, writer: Callable[[str | None], str] = label) -> pl.DataFrame:
    """The frame with the codes of these columns in the reader's words.

    Each code is written once, here: Polars would map a column on threads of its own, which don't know the reader's language.
    """
    columns = []
    for name in names:
        words = {code: writer(code) for code in frame[name].unique()}
        columns.append(pl.Series(name, [words[code] for code in frame[name]], dtype=pl.String))
    return frame.with_columns(columns)
