"""Pace against a target while its period runs."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Pace")

RECORDS = (
    Threshold("pace_period", "year", "choice", mark("Period"),
              mark("Of the fiscal year most is over when it matters; the season is the off-season or the months between two of them, as found or set."),
              choices=("season", "quarter", "year")),
    Threshold("pace_targets", "imported_first", "choice", mark("Targets from"),
              mark("Imported targets are what was agreed for all sales; a board that was frozen, or approved for the whole company, is in units and of its "
                   "own accounts and months. It stands in where nothing was imported."),
              choices=("imported_first", "imported", "signed_board")),
    Threshold("pace_measure", "net_sales", "choice", mark("Target in"), mark("Targets may be stated in money, in units, or in both."),
              choices=("net_sales", "quantity")),
    Threshold("pace_expected", "season", "choice", mark("Expected by now from"),
              mark("The season says how much of a period's sales lie in the months that are over; the targets' own months may have been spread evenly."),
              choices=("season", "plan")),
    share("pace_band", 0.02, mark("On pace within"), mark("Two per cent either way are a few late orders.")),
)
