"""Monthly evaluation: what an indicator weighs, what a score pays, and when a penalty may be proposed (methods.md section 9)."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Monthly evaluation")
RECORDS = (
    Threshold("evaluated_month", "", "date", mark("Evaluated month"), mark("Empty for the last complete month of the period."), is_personal=True),
    share("weight_attainment", 0.4, mark("Weight of the attainment"), mark("The largest part: the target is what was agreed.")),
    share("weight_kept", 0.3, mark("Weight of new accounts kept"), mark("What was won must last: an outlet that ordered once is none.")),
    share("weight_adherence", 0.15, mark("Weight of the adherence"), mark("Visits are the work that a person has in hand.")),
    share("weight_strikes", 0.15, mark("Weight of the strike rate"), mark("As much as adherence: a visit is made for something.")),
    Threshold("least_indicators", 2, "integer", mark("Indicators that a score needs"),
              mark("Ours: one alone, and be it the target, is no evaluation of a month's work."), minimum=1, maximum=4),
    share("strike_goal", 0.5, mark("Strike rate that counts as full"), mark("Ours: every second visit ends with an order. The same for all, so that nobody's score depends on who looks.")),
    Threshold("indicator_cap", 1.5, "number", mark("An indicator counts at most"), mark("Ours: a small target that is passed three times does not outweigh all the rest."),
              minimum=1.0, maximum=10.0, unit="rate"),
    Threshold("order_days", 7, "integer", mark("An order follows within days"), mark("An order within a week of a visit is the visit's; it counts once."), minimum=0, maximum=60),
    Threshold("payout_from", 0.8, "number", mark("Nothing is paid below"), mark("Below four fifths of what was agreed there is no reward."), minimum=0.0, maximum=0.99, unit="rate"),
    share("payout_first", 0.5, mark("Paid there"), mark("Half of the reward, rising to all of it at 100%.")),
    Threshold("payout_slope", 2.0, "number", mark("Above 100% each point pays"), mark("Points of reward per point of score."), minimum=0.0, maximum=10.0),
    Threshold("payout_cap", 1.4, "number", mark("Paid at most"), mark("A good month is not worth gambling for."), minimum=1.0, maximum=10.0, unit="rate"),
    share("week_behind", 0.8, mark("Behind in the week below"), mark("Ours: of what the weekdays that are gone would ask for.")),
)
