"""Columns of development plans, the channel and the candidates."""

from data.language import mark

LABELS: dict[str, str] = {
    "account_share": mark("Of all accounts"),
    "adherence_high": mark("Adherence, at most"),
    "adherence_low": mark("Adherence, at least"),
    "alive": mark("Still buying, accounts"),
    "alive_high": mark("Still buying, at most"),
    "alive_low": mark("Still buying, at least"),
    "alive_verdict": mark("Still buying, judged"),
    "buying": mark("With own orders"),
    "chance": mark("Chance of so few"),
    "competitor_year": mark("Bought of competitors in a year"),
    "developments": mark("Developments"),
    "developments_elsewhere": mark("Developments outside the plan"),
    "first_order_on": mark("First own order"),
    "gone": mark("Gone"),
    "is_managed": mark("Within our levels"),
    "is_outstanding": mark("Outstanding"),
    "last_visit_on": mark("Last visit"),
    "level": mark("Level from us"),
    "life_status": mark("Does it still buy"),
    "limit_high": mark("Upper limit"),
    "limit_low": mark("Lower limit"),
    "looked": mark("Visits after that day"),
    "not_seen": mark("Nobody looked"),
    "on_day_rate": mark("Visits on the planned day"),
    "opened_count": mark("Opened"),
    "orders_seen": mark("Orders after that day"),
    "ordered_visits": mark("Visits with an order"),
    "outlets_under": mark("Outlets under it"),
    "path": mark("Path"),
    "people": mark("People"),
    "plan_verdict": mark("Developments, judged"),
    "reported_accounts": mark("Accounts reported of"),
    "too_young": mark("Too young"),
    "visited": mark("Visited"),
    "visited_rate": mark("Visited, share"),
    "visits_elsewhere": mark("Visits outside the plan"),
    "visits_kept": mark("Planned visits made"),
}

MONEY = frozenset({"competitor_year"})

RATES = frozenset(
    {"account_share", "adherence_high", "adherence_low", "alive_high", "alive_low", "chance", "limit_high", "limit_low"}
)

COUNTS = frozenset(
    {
        "alive", "buying", "developments", "developments_elsewhere", "gone", "level", "looked", "not_seen", "opened_count", "ordered_visits", "orders_seen", "outlets_under", "people",
        "planned_developments", "planned_visits", "reported_accounts", "too_young", "visited", "visits_elsewhere", "visits_kept",
    }
)  # fmt: skip
