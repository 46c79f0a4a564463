"""Value pyramid: tiers, weights, value classes, lifetime value."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Value pyramid")
RECORDS = (
    Threshold(
        "scheme", "score", "choice", mark("Tiers by"),
        mark("The composite score sizes the tiers by numbers of accounts; ABC sizes them by cumulative net sales. Never both at once."),
        choices=("score", "abc"),
    ),
    share("abc_a", 0.80, mark("A up to this cumulative share"),
          mark("An account is A while the accounts before it hold less than this share of net sales.")),
    share("abc_b", 0.95, mark("B up to this cumulative share"),
          mark("An account is B while the accounts before it hold less than this share of net sales.")),
    share("tier_vip", 0.05, mark("VIP share of accounts"), mark("The best 5% by score: few enough to know by name.")),
    share("tier_large", 0.20, mark("VIP and large share of accounts"), mark("The best 20% by score.")),
    share("tier_medium", 0.50, mark("VIP, large and medium share of accounts"), mark("The better half by score; the rest is small.")),
    share("weight_sales", 0.30, mark("Weight of net sales"), mark("The most certain indicator weighs most.")),
    share("weight_expected", 0.25, mark("Weight of expected sales"), mark("What the account is on its way to buy.")),
    share("weight_credit", 0.15, mark("Weight of credit"), mark("Paid on time and within the limit.")),
    share("weight_profit", 0.20, mark("Weight of profit contribution"), mark("Sales without margin are not value.")),
    share("weight_reference", 0.10, mark("Weight of the reference effect"),
          mark("What the account's example is worth; a judgement, so it weighs least.")),
    Threshold(
        "compared_with", "previous_year", "choice", mark("Compared with"),
        mark("A year before, so that seasons don't pass for growth; or the period just before, or any other."),
        choices=("previous_year", "previous_period", "own_dates"),
    ),
    Threshold("compared_from", "", "date", mark("Compared from"), mark("First day of the own dates to compare with.")),
    Threshold("compared_to", "", "date", mark("Compared up to"), mark("The day after the last day of the own dates to compare with.")),
    share("mvc_share", 0.80, mark("Most valuable up to this cumulative share"),
          mark("The accounts that bring the first 80% of all positive actual value.")),
    share("mgc_share", 0.20, mark("Largest growth: share of accounts"),
          mark("Of the accounts, the 20% whose strategic value lies furthest above their actual value.")),
    share("headroom_probability", 0.25, mark("Chance of winning what competitors sell"),
          mark("A judgement: one euro of four that an account spends elsewhere can be won.")),
    Threshold("hour_cost", 0.0, "number", mark("Cost of an hour with the customer"),
              mark("Wages and travel per hour of an activity; 0 counts only the costs that the activities state."),
              minimum=0.0, maximum=1e6, unit="money"),
    Threshold("delivery_cost", 0.0, "number", mark("Cost of a delivery"),
              mark("Picking, loading and driving per order; the data don't say it, so that 0 leaves delivery out."),
              minimum=0.0, maximum=1e6, unit="money"),
    share("capital_rate", 0.08, mark("Yearly cost of capital"), mark("What the money that customers owe would earn or save elsewhere.")),
    Threshold("lifetime_weeks", 52, "integer", mark("Horizon in weeks"),
              mark("The model knows no season: whole years leave it out."), minimum=1, maximum=260, unit="weeks"),
    Threshold("lifetime_accounts", 100, "integer", mark("Least customers for the model"),
              mark("With fewer, four parameters say more about chance than about customers."), minimum=10, maximum=100000),
    Threshold("spend_correlation", 0.30, "number", mark("Most correlation of frequency and spend"),
              mark("The model of spend holds where those who buy often don't spend more, or less, each time."), minimum=0.0, maximum=1.0),
    share("discount_rate", 0.10, mark("Yearly discount rate"), mark("A euro next year is worth less than one today.")),
)
