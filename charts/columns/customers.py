"""Columns of the customers' section."""

from data.language import mark

LABELS: dict[str, str] = {
    "a": mark("a (leaving)"),
    "accounts_a": mark("A accounts"),
    "accounts_after": mark("Accounts after"),
    "accounts_b": mark("B accounts"),
    "accounts_c": mark("C accounts"),
    "amount_score": mark("Amount, score"),
    "attitude_score": mark("Attitude, score"),
    "b": mark("b (leaving)"),
    "calls_needed": mark("Calls a month asked for"),
    "calls_per_account": mark("Calls a month per account"),
    "category_share": mark("Share of known purchases"),
    "competitor_sales": mark("Competitors' sales"),
    "competitor_share": mark("Share of the category"),
    "component": mark("Component"),
    "countermeasure": mark("Countermeasure"),
    "credit_cost": mark("Cost of credit"),
    "credit_score": mark("Credit, score"),
    "false_alarms": mark("False alarms"),
    "from_quadrant": mark("From quadrant"),
    "from_tier": mark("From tier"),
    "gap_hours": mark("Hours more or fewer"),
    "growth_rate": mark("Growth"),
    "headroom_value": mark("Chance of growth"),
    "hours_per_account": mark("Hours per account"),
    "is_contested": mark("Contested"),
    "is_flagged": mark("Out of balance"),
    "is_held": mark("Kept by the dead band"),
    "is_large": mark("Large"),
    "is_leader": mark("Leads others"),
    "is_ours": mark("Our own rule"),
    "last_report": mark("Last report"),
    "losing": mark("Below zero"),
    "model_amount": mark("Modelled purchases"),
    "modelled": mark("Modelled"),
    "months_back": mark("Months ago"),
    "n": mark("Number"),
    "other_basis": mark("Other basis"),
    "own_sales": mark("Ours"),
    "p": mark("p (spend)"),
    "people_gap": mark("People more or fewer"),
    "people_high": mark("People needed, at most"),
    "people_low": mark("People needed, at least"),
    "performance_score": mark("Performance and loyalty, score"),
    "planned_hours": mark("Hours planned"),
    "planned_share": mark("Planned share"),
    "potential_index": mark("Potential against the average"),
    "potential_score": mark("Potential, score"),
    "potential_status": mark("Potential known"),
    "precision": mark("Alarms that were right"),
    "precision_hi": mark("Right, upper bound"),
    "precision_lo": mark("Right, lower bound"),
    "previous_net_sales": mark("Net sales before"),
    "previous_price": mark("Price before"),
    "previous_quadrant": mark("Quadrant a year ago"),
    "previous_tier": mark("Tier before"),
    "price_effect": mark("Effect of the price"),
    "proxy": mark("Measured by"),
    "q": mark("q (spend)"),
    "quadrant_by_cut": mark("Quadrant by the cut alone"),
    "r": mark("r (rate)"),
    "raised_on": mark("Raised in"),
    "rebate_cost": mark("Cost of rebates"),
    "recall": mark("Losses that were announced"),
    "recall_hi": mark("Announced, upper bound"),
    "recall_lo": mark("Announced, lower bound"),
    "reported_months": mark("Months reported"),
    "seen_on": mark("Acknowledged up to"),
    "share_high": mark("Share at most"),
    "share_low": mark("Share at least"),
    "status_after": mark("After"),
    "status_before": mark("Before"),
    "strongest": mark("Strongest competitor"),
    "tag": mark("Wallet is"),
    "time_cost": mark("Time"),
    "timed": mark("With hours stated"),
    "to_quadrant": mark("To quadrant"),
    "to_tier": mark("To tier"),
    "true_alarms": mark("Right alarms"),
    "v": mark("v (spend)"),
    "visit_cost": mark("Cost of visits"),
    "volume_and_mix": mark("Effect of units"),
    "wallet_strategy": mark("Strategy by share of wallet"),
    "workload_index": mark("Workload against the average"),
}

MONEY = frozenset(
    {
        "credit_cost", "price_effect", "rebate_cost", "visit_cost", "volume_and_mix",
    }
)  # fmt: skip

RATES = frozenset(
    {
        "category_share", "competitor_share", "planned_share", "potential_index", "precision", "precision_hi", "precision_lo",
        "recall", "recall_hi", "recall_lo", "share_high", "share_low", "workload_index",
    }
)  # fmt: skip

COUNTS = frozenset(
    {
        "modelled", "n", "previous_quantity", "reported_months",
    }
)  # fmt: skip
