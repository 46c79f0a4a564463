"""Each account in each scheme: where it stands, how likely the next tier is, and what reaching it is worth to both (methods.md section 13).

    expected       what the scheme pays at each of the equally likely ends of the year, their mean
    accrual        the rate that each of these ends pays, their mean, on what is bought already: of a retrospective tier the chance of
                   reaching × what the rate rises by × what is bought
    worth          what the scheme pays at the next tier less what it pays now: the customer's side
    gain           of the first tier that the natural year does not reach: margin on the growth less what more is paid: our side
    switch_cost    what the scheme pays on the natural year less what it pays if a part of the rest is bought elsewhere
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from measures.seasons.run_rate import divided
from measures.trade.rebate_tiers import Tiers, measured, money_per_unit
from measures.trade.rebate_year import Natural

REACHED, ON_THE_WAY, NEEDS_MORE, INSUFFICIENT = "reached", "on_the_way", "needs_more", "insufficient"
PAYS, COSTS, NEVER_PAYS = "pays", "costs", "never_pays"


@dataclass(frozen=True)
class Lines:
    """The lines of `tiers` with what was bought so far this year and in the last twelve months, and the natural year's end.

    `so_far` and `recent` are frames [account_id, net_sales, quantity, volume, margin]; prices and margins are those of the year so
    far, where nothing was bought in it those of the last twelve months. Arrays are (lines,), NaN where a number is not known.
    """

    tiers: Tiers
    so_far: pl.DataFrame
    recent: pl.DataFrame
    year_end: Natural

    @cached_property
    def value(self) -> np.ndarray:
        """What is bought so far, in what the line is counted in."""
        return np.nan_to_num(measured(self.tiers.lines, self.so_far))

    @cached_property
    def natural(self) -> np.ndarray:
        """The natural year in what the line is counted in (money or units), (lines,)."""
        return self.year_end.expected(self.value)

    @cached_property
    def price(self) -> np.ndarray:
        """Net sales per unit of what the line is counted in."""
        return self._recently(money_per_unit, self.tiers.lines)

    @cached_property
    def case_price(self) -> np.ndarray:
        """Net sales per sales unit (case)."""
        return self._recently(money_per_unit, self.tiers.lines.with_columns(counted_in=pl.lit("quantity")))

    @cached_property
    def margin_rate(self) -> np.ndarray:
        """Margin as a share of net sales."""
        return self._recently(_margin_rate, self.tiers.lines)

    @cached_property
    def chance(self) -> np.ndarray:
        """The chance of reaching each tier by the year's end, (lines, tiers); 1 where it is reached, NaN where nobody can tell."""
        reached = self.value[:, None] >= self.tiers.start
        likely = (self._ends[:, :, None] >= self.tiers.start[:, None, :]).mean(axis=1)
        return np.where(reached, 1.0, np.where(np.isnan(self.natural)[:, None], np.nan, likely))

    @cached_property
    def expected_rebate(self) -> np.ndarray:
        """What the year is expected to pay, in money; where no natural year is known, what is reached already."""
        return np.where(np.isnan(self.natural), self.money(self.value), self._paid_at_ends.mean(axis=1) * self.price)

    @cached_property
    def accrual(self) -> np.ndarray:
        """What of the rebate belongs to the purchases so far: the mean of what each of the year's ends pays per unit, on them."""
        rate = np.nan_to_num(divided(self._paid_at_ends, self._ends)).mean(axis=1)
        return np.where(np.isnan(self.natural), self.expected_rebate, rate * np.maximum(self.value, 0.0) * self.price)

    def money(self, values: np.ndarray) -> np.ndarray:
        """What the scheme pays at these values (lines,), in money."""
        return np.where(np.isnan(values), np.nan, self.tiers.paid_at(np.nan_to_num(values)) * self.price)

    def gain_at(self, values: np.ndarray) -> np.ndarray:
        """What is left to us if the natural year becomes these values (lines,): the margin on the growth less what is paid more."""
        more_paid = self.money(values) - self.money(self.natural)
        return (values - self.natural) * self.price * self.margin_rate - more_paid

    def tier_after(self, values: np.ndarray) -> np.ndarray:
        """The place of the first tier above each value; as many as there are columns where none is."""
        return (np.nan_to_num(values, nan=np.inf)[:, None] >= self.tiers.start).sum(axis=1)

    def at(self, table: np.ndarray, place: np.ndarray) -> np.ndarray:
        """A value of each line's tier at that place; NaN where the line has no such tier."""
        padded = np.concatenate([table, np.full((len(table), 1), np.nan)], axis=1)
        started = np.concatenate([np.isfinite(self.tiers.start), np.zeros((len(table), 1), bool)], axis=1)
        rows = np.arange(len(table))
        return np.where((place >= 0) & started[rows, place], padded[rows, place], np.nan)

    def cases(self, distance: np.ndarray) -> np.ndarray:
        """Whole sales units that bring the distance, each at its mean price."""
        return np.ceil(np.round(divided(distance * self.price, self.case_price), 6))

    @cached_property
    def _ends(self) -> np.ndarray:
        return self.year_end.ends(self.value)

    @cached_property
    def _paid_at_ends(self) -> np.ndarray:
        """What the scheme pays at each of the year's ends (lines, LEVELS), in what the line is counted in."""
        return self.tiers.paid(self._ends)

    def _recently(self, of, lines: pl.DataFrame) -> np.ndarray:
        now, before = (of(lines, amounts) for amounts in (self.so_far, self.recent))
        return np.where(np.isnan(now), before, now)


def standing(lines: Lines) -> dict[str, np.ndarray]:
    """Where each line stands this year: its tier, the next one, and what reaching it is worth to the customer."""
    place = lines.tier_after(lines.value)
    following = lines.at(lines.tiers.start, place)
    distance = following - lines.value
    return {
        "value_to_date": lines.value, "natural_year": lines.natural,
        "tier": lines.at(lines.tiers.start, place - 1), "tier_rate": lines.at(lines.tiers.rate, place - 1),
        "next_tier": following, "next_rate": lines.at(lines.tiers.rate, place), "distance": distance,
        "distance_cases": lines.cases(distance), "distance_amount": distance * lines.price,
        "distance_rate": divided(distance, following), "worth": lines.money(following) - lines.money(lines.value),
        "p_reaching": lines.at(lines.chance, place), "paid_so_far": lines.money(lines.value),
        "natural_rebate": lines.money(lines.natural), "expected_rebate": lines.expected_rebate, "accrual": lines.accrual,
    }  # fmt: skip


def push(lines: Lines) -> dict[str, np.ndarray]:
    """The first tier that the natural year does not reach: what is missing (as a share of the rest, too), and whether it pays for us."""
    place = lines.tier_after(lines.natural)
    found = worth_reaching(lines, place)
    missing = found.pop("missing")
    return {
        "push_tier": lines.at(lines.tiers.start, place), "push_rate": lines.at(lines.tiers.rate, place), "push_missing": missing,
        "push_cases": lines.cases(missing), "push_missing_rate": divided(missing, lines.natural - lines.value), "push_worth": found.pop("more_paid"),
        **found, "margin_rate": lines.margin_rate,
    }  # fmt: skip


def worth_reaching(lines: Lines, place: np.ndarray) -> dict[str, np.ndarray]:
    """What each line's tier at `place` (lines,) is worth to us if it is just reached, above the natural year.

    `gain` is the margin on what is `missing` less what is paid more. A rate is compared with what is paid already: growth needed =
    (r − r0) ÷ (margin − r), r0 the rate of the tier before; break-even natural volume = V*·(m − r·p) ÷ (m − r0·p). Both are of
    retrospective tiers: a marginal one pays wherever its rate is under the margin. NaN where there is no such tier.
    """
    goal, rate = lines.at(lines.tiers.start, place), lines.at(lines.tiers.rate, place)
    before = np.nan_to_num(lines.at(lines.tiers.rate, place - 1))
    whole = np.nan_to_num(lines.at(lines.tiers.is_retrospective.astype(float), place)) > 0
    missing, margin = goal - lines.natural, lines.margin_rate
    gain = lines.gain_at(goal)
    possible = whole & (margin > rate)
    return {
        "missing": missing, "more_paid": lines.money(goal) - lines.money(lines.natural), "gain": gain, "growth_needed": np.where(possible, divided(rate - before, margin - rate), np.nan),
        "break_even": np.where(possible, goal * divided(margin - rate, margin - before), np.nan),
        "verdict": np.select([np.isnan(gain), rate >= margin, gain >= 0], ["", NEVER_PAYS, PAYS], COSTS),
    }  # fmt: skip


def switch(lines: Lines, share: float) -> dict[str, np.ndarray]:
    """What the customer loses if it buys `share` of the rest of its natural year elsewhere, and the discount that makes it good."""
    moved = (lines.natural - lines.value) * share
    cost = lines.money(lines.natural) - lines.money(lines.natural - moved)
    return {"moved_amount": moved * lines.price, "switch_cost": cost, "switch_discount": divided(cost, moved * lines.price)}


def status(lines: Lines) -> np.ndarray:
    """reached: no tier is left; on_the_way: the natural year reaches the next one; needs_more; insufficient: it is not known."""
    following = lines.at(lines.tiers.start, lines.tier_after(lines.value))
    states = [np.isnan(following), np.isnan(lines.natural), lines.natural >= following]
    return np.select(states, [REACHED, INSUFFICIENT, ON_THE_WAY], NEEDS_MORE)


def _margin_rate(lines: pl.DataFrame, amounts: pl.DataFrame) -> np.ndarray:
    told = lines.join(amounts.select("account_id", "net_sales", "margin"), on="account_id", how="left", maintain_order="left")
    rate = pl.when(pl.col("net_sales") > 0).then(pl.col("margin") / pl.col("net_sales"))
    return told.select(rate.alias("rate"))["rate"].cast(pl.Float64).fill_null(np.nan).to_numpy()
