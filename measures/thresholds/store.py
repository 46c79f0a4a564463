"""The store as a whole and the overview."""

from data.imports import money
from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Company")
RECORDS = (
    Threshold(
        "currency", "EUR", "text", mark("Currency"),
        mark("All money of a store is in one currency; its ISO 4217 code decides how amounts are written. Until one is chosen here, the first file that names its own decides."),
        check=money.checked, files_tell=True,
    ),
    Threshold(
        "fiscal_year_start", 1, "integer", mark("First month of the fiscal year"),
        mark("Year-to-date periods begin in this month."), minimum=1, maximum=12,
    ),
    share("attention_change", 0.10, mark("A change worth a sentence"), mark("Smaller movements are everyday noise.")),
    share("cost_coverage", 0.80, mark("Least share of net sales with a known cost"),
          mark("Below it margin would be mostly guessed, so contribution falls back to net sales and says so.")),
)
