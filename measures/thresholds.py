"""Every debatable number: its value, its unit and the reason for it. Pages show and move them; settings keep another default."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from data.errors import BadRequest
from data.language import _, mark

Value = float | int | str


@dataclass(frozen=True)
class Threshold:
    """One debatable value.

    `kind` is share (0–1), number, integer, choice, date (ISO, or empty) or text. `label` and `reason` are messages to translate.
    """

    name: str
    default: Value
    kind: str
    label: str
    reason: str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""

    def read(self, text: object) -> Value:
        """The value that a person wrote, checked. Raises BadRequest with the values that are possible."""
        try:
            value = self._converted(text)
        except (TypeError, ValueError) as error:
            raise self._refusal(text) from error
        if self.choices and value not in self.choices:
            raise self._refusal(text)
        if self.minimum is not None and value < self.minimum or self.maximum is not None and value > self.maximum:
            raise self._refusal(text)
        return value

    def _converted(self, text: object) -> Value:
        if self.kind == "integer":
            return int(str(text))
        if self.kind in ("share", "number"):
            value = float(str(text))
            if value != value or value in (float("inf"), float("-inf")):
                raise ValueError(text)
            return value
        if self.kind == "date":
            return str(date.fromisoformat(str(text).strip())) if str(text).strip() else ""
        return str(text).strip()

    def _refusal(self, text: object) -> BadRequest:
        possible = ", ".join(self.choices) if self.choices else f"{self.minimum} … {self.maximum}"
        return BadRequest(
            _("“{value}” is not possible for {name}").format(value=text, name=self.name),
            _("{label}: {possible}.").format(label=_(self.label), possible=possible),
        )


@dataclass(frozen=True)
class Cuts:
    """The values of an answer's thresholds in this reading: hashable, read by name."""

    values: tuple[tuple[str, Value], ...] = ()

    def __getitem__(self, name: str) -> Value:
        return dict(self.values)[name]

    def as_dict(self) -> dict[str, Value]:
        """The values by name."""
        return dict(self.values)

    def only(self, names: Iterable[str]) -> "Cuts":
        """The same cuts without those of other names."""
        wanted = frozenset(names)
        return Cuts(tuple((name, value) for name, value in self.values if name in wanted))

    def but(self, **changes: Value) -> "Cuts":
        """The same cuts with some values changed."""
        return Cuts(tuple((dict(self.values) | changes).items()))


def _share(name: str, default: float, label: str, reason: str) -> Threshold:
    return Threshold(name, default, "share", label, reason, minimum=0.0, maximum=1.0)


_THRESHOLDS = (
    # The store
    Threshold(
        "currency", "EUR", "text", mark("Currency"),
        mark("All money of a store is in one currency; its ISO 4217 code decides how amounts are written."),
    ),
    Threshold(
        "fiscal_year_start", 1, "integer", mark("First month of the fiscal year"),
        mark("Year-to-date periods begin in this month."), minimum=1, maximum=12,
    ),
    # Value pyramid
    Threshold(
        "scheme", "score", "choice", mark("Tiers by"),
        mark("The composite score sizes the tiers by numbers of accounts; ABC sizes them by cumulative net sales. Never both at once."),
        choices=("score", "abc"),
    ),
    _share("abc_a", 0.80, mark("A up to this cumulative share"),
           mark("An account is A while the accounts before it hold less than this share of net sales.")),
    _share("abc_b", 0.95, mark("B up to this cumulative share"),
           mark("An account is B while the accounts before it hold less than this share of net sales.")),
    _share("tier_vip", 0.05, mark("VIP share of accounts"), mark("The best 5 % by score: few enough to know by name.")),
    _share("tier_large", 0.20, mark("VIP and large share of accounts"), mark("The best 20 % by score.")),
    _share("tier_medium", 0.50, mark("VIP, large and medium share of accounts"), mark("The better half by score; the rest is small.")),
    _share("weight_sales", 0.30, mark("Weight of net sales"), mark("The most certain indicator weighs most.")),
    _share("weight_expected", 0.25, mark("Weight of expected sales"), mark("What the account is on its way to buy.")),
    _share("weight_credit", 0.15, mark("Weight of credit"), mark("Paid on time and within the limit.")),
    _share("weight_profit", 0.20, mark("Weight of profit contribution"), mark("Sales without margin are not value.")),
    _share("weight_reference", 0.10, mark("Weight of the reference effect"),
           mark("What the account's example is worth; a judgement, so it weighs least.")),
    Threshold(
        "compared_with", "previous_year", "choice", mark("Compared with"),
        mark("A year before, so that seasons don't pass for growth; or the period just before, or any other."),
        choices=("previous_year", "previous_period", "own_dates"),
    ),
    Threshold("compared_from", "", "date", mark("Compared from"), mark("First day of the own dates to compare with.")),
    Threshold("compared_to", "", "date", mark("Compared up to"), mark("The day after the last day of the own dates to compare with.")),
    _share("mvc_share", 0.80, mark("Most valuable up to this cumulative share"),
           mark("The accounts that bring the first 80 % of all positive actual value.")),
    _share("mgc_share", 0.20, mark("Largest growth: share of accounts"),
           mark("Of the accounts, the 20 % whose strategic value lies furthest above their actual value.")),
    _share("headroom_probability", 0.25, mark("Chance of winning what competitors sell"),
           mark("A judgement: one euro of four that an account spends elsewhere can be won.")),
    Threshold("hour_cost", 0.0, "number", mark("Cost of an hour with the customer"),
              mark("Wages and travel per hour of an activity; 0 counts only the costs that the activities state."),
              minimum=0.0, maximum=1e6, unit="money"),
    Threshold("delivery_cost", 0.0, "number", mark("Cost of a delivery"),
              mark("Picking, loading and driving per order; the data don't say it, so that 0 leaves delivery out."),
              minimum=0.0, maximum=1e6, unit="money"),
    _share("capital_rate", 0.08, mark("Yearly cost of capital"), mark("What the money that customers owe would earn or save elsewhere.")),
    Threshold("lifetime_weeks", 52, "integer", mark("Horizon in weeks"),
              mark("The model knows no season: whole years leave it out."), minimum=1, maximum=260, unit="weeks"),
    Threshold("lifetime_accounts", 100, "integer", mark("Least customers for the model"),
              mark("With fewer, four parameters say more about chance than about customers."), minimum=10, maximum=100000),
    Threshold("spend_correlation", 0.30, "number", mark("Most correlation of frequency and spend"),
              mark("The model of spend holds where those who buy often don't spend more, or less, each time."), minimum=0.0, maximum=1.0),
    _share("discount_rate", 0.10, mark("Yearly discount rate"), mark("A euro next year is worth less than one today.")),
    # Portfolio quadrants
    _share("contribution_share", 0.80, mark("High contribution up to this cumulative share"),
           mark("Accounts that bring the first 80 % of the margin; a median split would call half of all accounts important.")),
    Threshold("stability_cut", 0.30, "number", mark("Stable below this variation"),
              mark("Residual coefficient of variation after season and trend; in simulations it separates steady from erratic buyers best."),
              minimum=0.01, maximum=3.0),
    Threshold("stability_months", 24, "integer", mark("Months of history"),
              mark("Two seasons show whether a pattern repeats."), minimum=6, maximum=60, unit="months"),
    Threshold("hysteresis", 0.10, "number", mark("Dead band around the cut"),
              mark("A stable account turns unstable only above 110 % of the cut, and back only below 90 %: fewer flips without cause."),
              minimum=0.0, maximum=0.5),
    Threshold("amplitude_tau", 0.25, "number", mark("Spread of seasonal amplitudes"),
              mark("How far an account's own season may differ from the company's before its data must prove it."),
              minimum=0.01, maximum=2.0),
    Threshold("tail_accounts", 100, "integer", mark("Accounts with a tail"),
              mark("The largest accounts whose last twelve months are followed; small ones would hide them in a chart."),
              minimum=0, maximum=100_000),
    # Bases of classification
    Threshold("basis_order", "below_zero, credit, performance, amount, potential, attitude", "text", mark("Which basis wins"),
              mark("Ours: a loss grows with every sale and an unpaid sale is none, so that both come before the quadrant; the quadrant knows more "
                   "than the amount alone; potential and attitude say how to act, not what to do.")),
    _share("attitude_warm", 0.90, mark("Warm from this share of answered contacts"), mark("Ours: one contact of ten may fail for any reason.")),
    _share("attitude_cold", 0.70, mark("Cold below this share of answered contacts"), mark("Ours: who leaves three contacts of ten without an answer avoids us.")),
    Threshold("attitude_contacts", 3, "integer", mark("Least contacts for an attitude"),
              mark("One or two contacts say more about the day than about the customer."), minimum=1, maximum=1000),
    Threshold("unanswered_outcomes", "no answer, no response, unanswered, absent, closed, sin respuesta, no contesta, ausente, cerrado", "text",
              mark("Outcomes of a contact without an answer"), mark("Outcomes are your own words, separated here by commas; all others count as answers.")),
    Threshold("complaint_outcomes", "complaint, claim, reclamación, queja, reclamo", "text", mark("Outcomes that are complaints"),
              mark("A complaint is an answer, but no friendly one.")),
    _share("credit_good", 0.80, mark("Good credit from"), mark("Ours: nearly everything paid on time and within the limit.")),
    _share("credit_poor", 0.40, mark("Poor credit below"), mark("Ours: more than half paid late, or owed beyond the limit, is a habit and not an accident.")),
    Threshold("showcase_value", 0.0, "number", mark("Yearly value of a full showcase"),
              mark("What advertising of the same effect would cost for an account with a reference value of 100; 0 counts none."),
              minimum=0.0, maximum=1e9, unit="money"),
    # Seasons
    Threshold("years", 5, "integer", mark("Years of history"), mark("Older seasons say little about the next one."),
              minimum=2, maximum=50, unit="years"),
    Threshold("window", 3, "integer", mark("Months of the peak"),
              mark("The contiguous months with the largest sum; steadier than “every month above 110 %”."),
              minimum=1, maximum=6, unit="months"),
    Threshold("method", "mean", "choice", mark("Average of the years"), mark("The median withstands single odd years."),
              choices=("mean", "median")),
    Threshold("measure", "quantity", "choice", mark("Measure"), mark("Seasons are about units; prices have their own story."),
              choices=("quantity", "net_sales")),
    Threshold("off_season_cut", 0.97, "number", mark("Off-season at or below this index"),
              mark("A month that sells at most 97 % of an average month."), minimum=0.1, maximum=1.0),
    Threshold("peak_start", 0, "integer", mark("Peak begins in month"), mark("0 finds it in the data."), minimum=0, maximum=12),
    Threshold("off_season_start", 0, "integer", mark("Off-season begins in month"), mark("0 finds it in the data."),
              minimum=0, maximum=12),
    Threshold("off_season_months", 0, "integer", mark("Months of the off-season"), mark("0 finds them in the data."),
              minimum=0, maximum=11, unit="months"),
    # Off-season targets
    Threshold("requirement", 0.0, "number", mark("Requirement for the peak"),
              mark("What the next peak must sell, in units; 0 takes last peak's sales and the growth below."),
              minimum=0.0, maximum=1e15, unit="units"),
    Threshold("requirement_growth", 0.10, "number", mark("Growth of the peak without a stated requirement"),
              mark("A modest ambition until a requirement is written down."), minimum=-0.5, maximum=2.0),
    Threshold("lift_shape", "ramp", "choice", mark("How the lift arrives"),
              mark("New outlets take time: the ramp asks for little at first and for all of it at the end."),
              choices=("ramp", "held")),
    Threshold("cell_ceiling", 0.25, "number", mark("Most that a cell may grow over its natural sales"),
              mark("Beyond a quarter more, a distributor's target is a wish."), minimum=0.0, maximum=5.0),
    # Funnel
    Threshold("view", "cohort", "choice", mark("View"),
              mark("Snapshot counts what is open now; cohort follows the deals that began in the period; transitions count the moves in the period."),
              choices=("snapshot", "cohort", "transitions")),
    Threshold("stage_order", "", "text", mark("Order of the stages"),
              mark("Stages separated by commas; empty learns the order from the data.")),
    Threshold("maturity_days", 180, "integer", mark("Days until a cohort is mature"),
              mark("Younger cohorts have deals that simply had no time yet."), minimum=1, maximum=2000, unit="days"),
    Threshold("stuck_percentile", 0.80, "share", mark("Stuck beyond this percentile of won deals' days"),
              mark("Four of five won deals had left the stage by then."), minimum=0.0, maximum=1.0),
    Threshold("sales_model", "big_c", "choice", mark("Sales model"),
              mark("The windows are stated for big C (people who decide slowly, with a sales team); heavy B (companies with several deciders) takes twice as long, small C half."),
              choices=("heavy_b", "big_c", "small_c")),
    Threshold("protection_days", 30, "integer", mark("Days that a lead is its owner's"),
              mark("Counted from the last two-way contact; after a month of silence another push costs more goodwill than it wins."),
              minimum=1, maximum=1000, unit="days"),
    Threshold("lost_days", 365, "integer", mark("Days of silence until a customer is lost"),
              mark("A whole year without an order has no season left to explain it."), minimum=30, maximum=2000, unit="days"),
    Threshold("alive_cut", 0.10, "share", mark("At risk below this chance of still buying"),
              mark("One chance in ten that so long a silence is the account's own rhythm."), minimum=0.0, maximum=1.0),
    Threshold("one_way_outcomes",
              "no answer, no response, unanswered, not reached, absent, not at home, voicemail, left message, sent, bounced, "
              "sin respuesta, no contesta, no responde, ausente, buzón de voz, enviado",
              "text", mark("Outcomes of activities without an answer"),
              mark("Only a two-way contact protects a lead; every other outcome counts as one.")),
    Threshold("own_touch_outcomes",
              "inbound, contacted us, called us, wrote to us, customer contact, customer called, own contact, "
              "nos contactó, nos llamó, nos escribió, contacto del cliente, entrante",
              "text", mark("Outcomes of the customer's own contacts"),
              mark("Only the customer's own contact wakes a cooled lead.")),
    Threshold("referral_sources", "referral, recommendation, word of mouth, referred, referencia, referido, recomendación, boca a boca", "text",
              mark("Sources that are referrals"),
              mark("Where repurchase is rare, customers who bring customers are the growth.")),
    # Pipeline forecast
    Threshold("prior_win_rate", 0.25, "share", mark("Win rate before anything is known"),
              mark("What a stage's history is mixed with at the weight of ten deals; a young company wins one of four."),
              minimum=0.0, maximum=1.0),
    Threshold("forecast_months", 12, "integer", mark("Months ahead"),
              mark("Deals expected later say little about any month; they are counted apart."), minimum=1, maximum=36, unit="months"),
    # Early warnings
    Threshold("alarm_h", 3.0, "number", mark("Alarm above"),
              mark("The cumulated shortfall, in the account's own spread, that raises an alarm; in simulations 3 flags 7 % of stable accounts "
                   "a year, 4 flags 3 % and is slower."),
              minimum=0.5, maximum=20.0),
    Threshold("alarm_k", 0.5, "number", mark("Forgiven a month"),
              mark("What a month may fall short by without counting: half of the fall to be noticed, in the account's own spread."),
              minimum=0.1, maximum=3.0),
    Threshold("alarm_clip", 3.0, "number", mark("Most of a month"),
              mark("An odd or empty month counts for no more than this, so that it alone is no alarm."), minimum=1.0, maximum=10.0),
    Threshold("silence_odds", 200, "integer", mark("Pause of one in"),
              mark("A silence raises an alarm when so long a pause is this rare. Who orders every two weeks pauses 26 times a year: at one in 20 "
                   "half of them would be flagged each year, at one in 200 one in sixteen."),
              minimum=2, maximum=10000),
    Threshold("alarm_capacity", 20, "integer", mark("Team's capacity"),
              mark("Alarms that the team can look into in a month, one a working day: a longer list is not read, so the rest waits."),
              minimum=1, maximum=500, unit="alarms"),
    Threshold("spread_months", 24, "integer", mark("Months that the company's usual spread counts for"),
              mark("Two years of a calm account say little about how calm it is; without this twice as many stable accounts are flagged."),
              minimum=0, maximum=120, unit="months"),
    # Share of wallet
    _share("wallet_share_cut", 0.50, mark("High share from"), mark("From half of what an account buys on, we are its first supplier.")),
    _share("wallet_large_cut", 0.80, mark("Large up to this cumulative share"),
           mark("The accounts that are about to buy the first 80 %; half of all accounts would be too many to develop.")),
    Threshold("upcoming_basis", "recent", "choice", mark("Upcoming volume from"),
              mark("The last three months without their season say what comes next; open orders say it where deals are kept; "
                   "“of all suppliers” adds what competitors sell."),
              choices=("recent", "open_orders", "bought")),
    Threshold("wallet_attribute", "credit_limit", "choice", mark("Size of an account by"),
              mark("The model compares purchases per unit of size among similar accounts; the credit limit is the size that most stores hold."),
              choices=("credit_limit", "accounts_under", "account")),
    Threshold("wallet_months", 12, "integer", mark("Months of the wallet"), mark("A whole year holds every season once."),
              minimum=3, maximum=36, unit="months"),
    _share("wallet_percentile", 0.80, mark("Percentile of the model"),
           mark("What the fifth best of similar accounts buy shows what an account of this size could buy.")),
    Threshold("wallet_peers", 8, "integer", mark("Least similar accounts for the model"),
              mark("A high percentile of fewer than eight accounts is one account's story."), minimum=2, maximum=1000),
    # Coverage
    Threshold("coverage_a", 1.0, "number", mark("A accounts per person"),
              mark("1:1: a person, a director or a team for each large customer."), minimum=0.1, maximum=1000.0),
    Threshold("coverage_b", 2.0, "number", mark("B accounts per person"), mark("1:2: one person serves two medium customers."),
              minimum=0.1, maximum=1000.0),
    Threshold("coverage_c_low", 3.0, "number", mark("C accounts per person, at least"), mark("1:3–5: small customers order seldom; three at least."),
              minimum=0.1, maximum=1000.0),
    Threshold("coverage_c_high", 5.0, "number", mark("C accounts per person, at most"), mark("1:3–5: small customers order seldom; five at most."),
              minimum=0.1, maximum=1000.0),
    Threshold("calls_a", 4.0, "number", mark("Calls a month per A account"), mark("Ours: one a week."), minimum=0.0, maximum=100.0),
    Threshold("calls_b", 2.0, "number", mark("Calls a month per B account"), mark("Ours: one a fortnight."), minimum=0.0, maximum=100.0),
    Threshold("calls_c", 1.0, "number", mark("Calls a month per C account"), mark("Ours: one a month."), minimum=0.0, maximum=100.0),
    Threshold("calls_other", 0.33, "number", mark("Calls a month per account without sales"),
              mark("Ours: one a quarter for outlets and prospects that are visited."), minimum=0.0, maximum=100.0),
    Threshold("calls_per_person", 60.0, "number", mark("Calls that a person makes in a month"),
              mark("Ours: three a day on twenty days, travel included."), minimum=1.0, maximum=1000.0),
    _share("hours_ei", 0.30, mark("Hours for EI"),
           mark("The source asks for a long-term plan carried out step by step; the share is ours.")),
    _share("hours_eii", 0.40, mark("Hours for EII"), mark("The source gives these the most time, for they are urgent; the share is ours.")),
    _share("hours_eiii", 0.20, mark("Hours for EIII"), mark("The source asks for periodic visits; the share is ours.")),
    _share("hours_eiv", 0.10, mark("Hours for EIV"), mark("The source gives these the least energy; the share is ours.")),
    _share("territory_band", 0.15, mark("Fair territory within"),
           mark("Territories that differ by less than 15 % from the average are alike; beyond it somebody waits or runs.")),
    # Customer 360
    _share("overdue_share", 0.01, mark("Overdue worth a call, as a share of a year's net sales"),
           mark("Smaller remainders are settled by the bookkeeper; more than that is said before the next order is taken.")),
    _share("credit_use", 0.90, mark("Credit limit used up to"), mark("Beyond it the next order may be stopped: the customer should hear it first.")),
    Threshold("silent_days", 90, "integer", mark("Days without a sale until somebody calls"),
              mark("Three months are longer than any distributor's usual pause."), minimum=1, maximum=2000, unit="days"),
    _share("fall_rate", 0.20, mark("Fall on the year before worth a talk"), mark("A fifth less in a whole year is no season and no single order.")),
    Threshold("visit_days", 60, "integer", mark("Days without a visit until the next one"), mark("Ours: a call every two months keeps a relationship."),
              minimum=1, maximum=2000, unit="days"),
    _share("peer_share", 0.50, mark("Similar accounts that buy it"),
           mark("What every second similar account buys is no experiment any more.")),
    Threshold("least_peers", 8, "integer", mark("Least similar accounts in the same channel"),
              mark("With fewer, accounts of all channels of the region are compared."), minimum=1, maximum=1000),
    _share("rebate_near", 0.15, mark("A rebate's next tier is near within"), mark("Within 15 % of the tier a customer can decide to reach it.")),
    _share("own_share_low", 0.50, mark("Our share is low under"), mark("Under half somebody else is the main supplier.")),
    # Overview
    Threshold("attention_change", 0.10, "number", mark("A change worth a sentence"),
              mark("Smaller movements are everyday noise."), minimum=0.0, maximum=1.0),
    _share("cost_coverage", 0.80, mark("Least share of net sales with a known cost"),
           mark("Below it margin would be mostly guessed, so contribution falls back to net sales and says so.")),
)

THRESHOLDS: dict[str, Threshold] = {threshold.name: threshold for threshold in _THRESHOLDS}
"""Every threshold by its name."""


def cuts(
    names: Iterable[str], settings: Mapping[str, object] | None = None, overrides: Mapping[str, object] | None = None
) -> Cuts:
    """The named thresholds' values: an override, else the saved setting, else the default.

    Raises BadRequest for an override that is not among `names` or not possible.
    """
    names = tuple(names)
    unknown = set(overrides or {}) - set(names)
    if unknown:
        raise BadRequest(
            _("There is no threshold {name} here").format(name=", ".join(sorted(unknown))),
            _("This answer has: {names}.").format(names=", ".join(names) or "–"),
        )
    given = {**(settings or {}), **(overrides or {})}
    return Cuts(tuple((name, _value(THRESHOLDS[name], given)) for name in names))


def _value(threshold: Threshold, given: Mapping[str, object]) -> Value:
    return threshold.read(given[threshold.name]) if threshold.name in given else threshold.default
