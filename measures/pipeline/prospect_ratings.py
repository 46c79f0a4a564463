"""From scores to chances: every rated account's standing, what the closed deals teach, and the chance of any account."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from measures.pipeline import prospect_ladder, prospect_rubric
from measures.pipeline.calibration import calibration
from measures.pipeline.first_business import business_from
from measures.pipeline.prospect_facts import Learning
from measures.pipeline.prospect_ladder import CLASSES, METHODS, Deals, Ladder, averages, class_index, climb, rung
from measures.pipeline.prospect_record import record
from measures.pipeline.prospect_rubric import Rubric, in_units, rubric_of
from measures.pipeline.prospect_scores import dates_of, days_of, entries, files_of, places_in
from measures.pipeline.prospect_sentences import drivers_of
from measures.thresholds import Cuts
from measures.typed import framed

THRESHOLDS = (*prospect_rubric.THRESHOLDS, *prospect_ladder.THRESHOLDS, "rating_days", "prior_win_rate")
"""What a chance depends on."""

MOST_DEALS = 5_000
"""The latest closed deals are learnt from; older ones say less about today."""

MOST_KEYS = 2**32
"""More than there are keys of deals."""

FIRST, ALL = "first_deals", "all_deals"


@dataclass(frozen=True)
class Ratings:
    """`accounts` [account_id], their scores `raw`, as `units` (0–1, NaN missing), and which are `own` (written by people), all as of today.

    `chances` has one row per account, and a last one for whom nobody rated: probability, lo, hi, class, stated_class (that of the score),
    rubric_score, known_weight, status (rated, unrated), is_overridden, class_won and class_closed (closed deals of the stated class), and what
    drives it (`drivers_of`). `ladder` is learnt from `learnt_from`: first deals of accounts, or all their deals where the first ones are too few. `judged` are the
    rows of `learning.closed` that it learns from, with rated_on, and `deals` the same; `rated_closed` and `rated_won` count the closed deals that were rated when they were looked at. `is_of_model`: all these are of
    the chosen sales model's accounts alone; `model_closed` counts those, however many were learnt from.
    """

    rubric: Rubric
    accounts: pl.Series
    raw: np.ndarray
    units: np.ndarray
    own: np.ndarray
    chances: pl.DataFrame
    ladder: Ladder
    judged: pl.DataFrame
    deals: Deals
    learnt_from: str
    rated_closed: int
    rated_won: int
    is_of_model: bool
    model_closed: int
    learning: Learning
    cuts: Cuts

    @cached_property
    def past(self) -> pl.DataFrame:
        """The ladder's record, by measures.pipeline.prospect_record.SCHEMA."""
        return record(self.learning.named(self.judged), self.deals, self.rubric, self.cuts, self.learning.until)

    @cached_property
    def calibration(self) -> pl.DataFrame:
        """What was stated in `past` beside what came true, by measures.pipeline.calibration.SCHEMA."""
        return calibration(self.past["stated"].to_numpy(), self.past["is_won"].cast(pl.Float64).to_numpy())


@dataclass(frozen=True)
class _Closed:
    """The closed deals whose account was known when they were rated: their `row` among all, whose they are (`place`), the day up to which a rating
    counts, and how they ended."""

    row: np.ndarray
    place: np.ndarray
    rated_on: np.ndarray
    closed_on: np.ndarray
    key: np.ndarray
    won: np.ndarray
    is_first: np.ndarray
    is_own: np.ndarray


def ratings(learning: Learning, written: pl.DataFrame, cuts: Cuts) -> Ratings:
    """Ratings as of the day of what is learnt from, with the scores that people wrote (measures.pipeline.prospect_scores.SCHEMA); `cuts` has THRESHOLDS."""
    found = entries(learning.scores, learning.rated, learning.indicators, written)
    rubric, accounts = rubric_of(pl.Series(found.codes, dtype=pl.String), cuts), len(found.accounts)
    files = files_of(found, rubric.codes)
    raw, own = files.standing(np.arange(accounts), np.repeat(days_of(pl.Series([learning.until])), accounts))
    scale = str(cuts["rubric_scale"])
    # What was once known of an account stays known: its first file with enough of it says from when on its deals count.
    known_from = files.first_days(~np.isnan(rubric.score(in_units(files.scores, raw, scale))), accounts)
    closed = _closed(learning, found.place_of(learning.closed["account_key"]), known_from, int(cuts["rating_days"]))
    model_closed = int(closed.is_own.sum())
    is_of_model = learning.has_model and model_closed >= cuts["platt_deals"]
    known = closed.is_own | (not is_of_model)
    learnt_from, chosen = _pool(known, closed, cuts)
    latest = _latest(closed, np.flatnonzero(chosen))
    then = in_units(files.standing(closed.place[latest], closed.rated_on[latest])[0], raw, scale)
    deals, units = Deals(then, rubric.score(then), closed.won[latest].astype(float)), in_units(raw, raw, scale)
    ladder = climb(deals, rubric, cuts, averages(units))
    pool = learning.closed[closed.row[latest]].with_columns(dates_of(closed.rated_on[latest]).alias("rated_on"))
    return Ratings(
        rubric, found.accounts, raw, units, own, _chances(units, own, rubric, ladder, cuts), ladder, pool, deals,
        learnt_from, int(known.sum()), int(closed.won[known].sum()), is_of_model, model_closed, learning, cuts,
    )  # fmt: skip


def with_chances(rows: pl.DataFrame, found: Ratings) -> pl.DataFrame:
    """Rows with an account_id, with their `place` (among the rated accounts, -1 for others) and the columns of `Ratings.chances`.

    Without a rating all of these are null but `status` and `known_weight`.
    """
    place = places_in(found.accounts, rows["account_id"])
    told = found.chances[np.where(place < 0, len(found.accounts), place)]
    return rows.with_columns(pl.Series("place", place), *told.get_columns())


def _chances(units: np.ndarray, own: np.ndarray, rubric: Rubric, ladder: Ladder, cuts: Cuts) -> pl.DataFrame:
    """The chance of every rated account, and of whom nobody rated."""
    units = np.vstack([units, np.full((1, units.shape[1]), np.nan)])
    score = rubric.score(units)
    chance, low, high = ladder.chances(units, score)
    rated = ~np.isnan(score)
    at = class_index(np.nan_to_num(score), cuts)
    return framed(
        {
            "probability": chance, "lo": low, "hi": high, "rubric_score": score, "class": _letters(chance, rated, cuts), "stated_class": _letters(score, rated, cuts),
            "known_weight": rubric.known(units), "status": pl.Series(["unrated", "rated"]).gather(rated.astype(np.uint32)),
            "is_overridden": np.append(own.any(axis=1), False), "class_won": ladder.wins[at], "class_closed": ladder.closed[at],
        }
    ).with_columns(*drivers_of(rubric.codes, ladder.pulls(units), ladder.method))  # fmt: skip


def standing_of(places: pl.Series, found: Ratings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The scores as they were given, as units, and which of them people wrote, of the accounts at these places; NaN where one was never rated."""
    at = places.to_numpy()
    known = at >= 0
    chosen = at[known]
    shape = (len(at), len(found.rubric.codes))
    raw, units, own = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, bool)
    raw[known], units[known], own[known] = found.raw[chosen], found.units[chosen], found.own[chosen]
    return raw, units, own


def _closed(learning: Learning, place: np.ndarray, known_from: np.ndarray, rating_days: int) -> _Closed:
    """A rating counts some days after the deal's creation, but before it closed. A first deal was created before there was business.

    `place` is that of each closed deal's account, -1 where nobody rated it; `known_from` the day from which on each rated account was known.
    """
    deals = learning.closed
    created_on, closed_on = (days_of(deals[name]) for name in ("created_on", "closed_on"))
    rated_on = np.minimum(created_on + rating_days, closed_on - 1)
    of_rated = np.flatnonzero(place >= 0)
    row = of_rated[known_from[place[of_rated]] <= rated_on[of_rated]]
    account, key, won, own = (deals[name].to_numpy()[row] for name in ("account_key", "opportunity_key", "is_won", "is_own"))
    is_first = created_on[row] < business_from(learning.first_business, int(account.max(initial=0)))[account]
    return _Closed(row, place[row], rated_on[row], closed_on[row], key, won, is_first, own)


def _pool(known: np.ndarray, closed: _Closed, cuts: Cuts) -> tuple[str, np.ndarray]:
    """Of the `known` deals the first ones alone, unless all together bear a higher rung: prospects sign a first one."""
    first = known & closed.is_first
    height = [METHODS.index(rung(int(chosen.sum()), int(closed.won[chosen].sum()), cuts)) for chosen in (first, known)]
    return (FIRST, first) if height[0] >= height[1] else (ALL, known)


def _latest(closed: _Closed, rows: np.ndarray) -> np.ndarray:
    """The rows of the deals that closed last, from the oldest; those of one day in the order of creation."""
    age = closed.closed_on[rows].astype(np.int64) * MOST_KEYS + closed.key[rows]
    # To part the latest from the others costs a fraction of sorting all.
    latest = np.argpartition(-age, MOST_DEALS)[:MOST_DEALS] if len(rows) > MOST_DEALS else np.arange(len(rows))
    return rows[latest[np.argsort(age[latest])]]


def _letters(values: np.ndarray, rated: np.ndarray, cuts: Cuts) -> pl.Series:
    names = pl.Series([*CLASSES, None], dtype=pl.String)
    return names.gather(np.where(rated, class_index(np.nan_to_num(values), cuts), len(CLASSES)))


