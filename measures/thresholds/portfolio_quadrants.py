"""Portfolio quadrants and the other bases of classification."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Portfolio quadrants")
RECORDS = (
    share("contribution_share", 0.80, mark("High contribution up to this cumulative share"),
          mark("Accounts that bring the first 80% of the margin; a median split would call half of all accounts important.")),
    Threshold("stability_cut", 0.30, "number", mark("Stable below this variation"),
              mark("Residual coefficient of variation after season and trend; in simulations it separates steady from erratic buyers best."),
              minimum=0.01, maximum=3.0),
    Threshold("stability_months", 24, "integer", mark("Months of history"),
              mark("Two seasons show whether a pattern repeats."), minimum=6, maximum=60, unit="months"),
    Threshold("hysteresis", 0.10, "number", mark("Dead band around the cut"),
              mark("A stable account turns unstable only above 110% of the cut, and back only below 90%: fewer flips without cause. 0 switches it off."),
              minimum=0.0, maximum=0.5),
    Threshold("amplitude_tau", 0.25, "number", mark("Spread of seasonal amplitudes"),
              mark("How far an account's own season may differ from the company's before its data must prove it."),
              minimum=0.01, maximum=2.0),
    Threshold("least_months", 6, "integer", mark("New under this many months"),
              mark("Of half a year nobody can tell whether it repeats: the account is not classified yet."), minimum=4, maximum=60, unit="months"),
    Threshold("full_months", 12, "integer", mark("Provisional under this many months"),
              mark("Without a whole year an account's season may be taken for unsteadiness."), minimum=4, maximum=60, unit="months"),
    Threshold("borderline_doubt", 0.20, "number", mark("Borderline from this chance of the other side"),
              mark("Of accounts that one case in five puts on the wrong side somebody should take a second look."),
              minimum=0.0, maximum=0.5, unit="rate"),
    Threshold("tail_accounts", 100, "integer", mark("Accounts with a tail"),
              mark("The largest accounts whose last twelve months are followed; small ones would hide them in a chart."),
              minimum=0, maximum=100_000),
    Threshold("basis_order", "below_zero, credit, performance, amount, potential, attitude", "text", mark("Which basis wins"),
              mark("Ours: a loss grows with every sale and an unpaid sale is none, so that both come before the quadrant; the quadrant knows more "
                   "than the amount alone; potential and attitude say how to act, not what to do.")),
    share("attitude_warm", 0.90, mark("Warm from this share of answered contacts"), mark("Ours: one contact of ten may fail for any reason.")),
    share("attitude_cold", 0.70, mark("Cold below this share of answered contacts"), mark("Ours: who leaves three contacts of ten without an answer avoids us.")),
    Threshold("attitude_contacts", 3, "integer", mark("Least contacts for an attitude"),
              mark("One or two contacts say more about the day than about the customer."), minimum=1, maximum=1000),
    Threshold("unanswered_outcomes",
              "no answer, no response, unanswered, not reached, absent, not at home, closed, voicemail, left message, sent, bounced, "
              "sin respuesta, no contesta, no responde, ausente, cerrado, buzón de voz, enviado", "text",
              mark("Outcomes of a contact without an answer"),
              mark("Outcomes are your own words, separated here by commas; all others count as answers. Only an answered contact protects a lead.")),
    Threshold("complaint_outcomes", "complaint, claim, reclamación, queja, reclamo", "text", mark("Outcomes that are complaints"),
              mark("A complaint is an answer, but no friendly one.")),
    share("credit_good", 0.80, mark("Good credit from"), mark("Ours: nearly everything paid on time and within the limit.")),
    share("credit_poor", 0.40, mark("Poor credit below"), mark("Ours: more than half paid late, or owed beyond the limit, is a habit and not an accident.")),
    Threshold("showcase_value", 0.0, "number", mark("Yearly value of a full showcase"),
              mark("What advertising of the same effect would cost for an account with a reference value of 100; 0 counts none."),
              minimum=0.0, maximum=1e9, unit="money"),
    Threshold("loyalty_by", "quadrant", "choice", mark("Loyalty by"),
              mark("The play of each quadrant is to keep, recover or grow its accounts: loyalty says what came of it. Tenure and region ask the same."),
              choices=("quadrant", "tenure", "region")),
)
