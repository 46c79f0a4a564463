"""Coverage: people, calls, hours, territories."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Coverage")
RECORDS = (
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
    share("hours_ei", 0.30, mark("Hours for EI"),
          mark("The source asks for a long-term plan carried out step by step; the share is ours.")),
    share("hours_eii", 0.40, mark("Hours for EII"), mark("The source gives these the most time, for they are urgent; the share is ours.")),
    share("hours_eiii", 0.20, mark("Hours for EIII"), mark("The source asks for periodic visits; the share is ours.")),
    share("hours_eiv", 0.10, mark("Hours for EIV"), mark("The source gives these the least energy; the share is ours.")),
    share("territory_band", 0.15, mark("Fair territory within"),
          mark("Territories that differ by less than 15% from the average are alike; beyond it somebody waits or runs.")),
)
