"""Early warnings: when an account raises an alarm."""

from data.language import mark
from measures.thresholds.record import Threshold

TITLE = mark("Early warnings")
RECORDS = (
    Threshold("alarm_h", 3.75, "number", mark("Alarm above"),
              mark("The cumulated shortfall, in the account's own spread, that raises an alarm. The method gives 3 to 4; measured on demo breweries, "
                   "3 flags up to 13% of stable accounts in a single year, 3.75 hardly ever more than 8%, and 4 misses more falls."),
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
    Threshold("spread_months", 72, "integer", mark("Months that the company's usual spread counts for"),
              mark("Two years of a calm account say little about how calm it is; measured on the demo, 72 months flag 7% of stable accounts a year, 24 flag 9%."),
              minimum=0, maximum=120, unit="months"),
    Threshold("least_spread", 0.05, "number", mark("Least spread of an account"),
              mark("Of the logarithm of monthly volume: a wobble of five per cent is not worth a visit, however regular the account."),
              minimum=0.001, maximum=1.0),
    Threshold("alarm_peers", 8, "integer", mark("Buyers that make a company's month"),
              mark("What all lose in a month is nobody's fall; with fewer buyers the company's month would be the account's own."),
              minimum=2, maximum=1000, unit="accounts"),
    Threshold("silence_months", 18, "integer", mark("Months of pauses"),
              mark("Long enough for four orders of a quarterly buyer, short enough that an old habit is forgotten."),
              minimum=3, maximum=60, unit="months"),
    Threshold("silence_orders", 4, "integer", mark("Orders from which a pause is judged"),
              mark("Three pauses are the least that show a rhythm."), minimum=2, maximum=50, unit="orders"),
)
