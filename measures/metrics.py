"""Every metric's record: one name, one label, one definition. Pages explain a number from here and nowhere else."""

from dataclasses import dataclass

from data.language import mark


@dataclass(frozen=True)
class Metric:
    """What a number means.

    `unit` is money, units, volume, rate, count, days, index or number. `better` is "more", "less" or "neither".
    `label` and `definition` are messages to translate; `expression` is the formula in the product's own terms.
    """

    name: str
    label: str
    unit: str
    definition: str
    expression: str
    better: str = "more"


_METRICS = (
    Metric("net_sales", mark("Net sales"), "money",
           mark("Sales after discounts and returns, before tax."), "sum(net_amount)"),
    Metric("gross_margin", mark("Gross margin"), "money",
           mark("Net sales less cost. A line without a cost takes its product's cost rate, else its unit cost, else its category's rate."),
           "sum(net_amount − cost_amount)"),
    Metric("margin_rate", mark("Margin rate"), "rate", mark("Gross margin as a share of net sales."), "gross_margin ÷ net_sales"),
    Metric("quantity", mark("Units"), "units", mark("Sales units sold, returns subtracted."), "sum(quantity)"),
    Metric("volume", mark("Volume"), "volume", mark("Units times the product's unit volume, in hl."), "sum(quantity × unit_volume)"),
    Metric("active_accounts", mark("Active accounts"), "count",
           mark("Accounts with at least one sale in the period."), "count(distinct account with quantity > 0)"),
    Metric("orders", mark("Orders"), "count", mark("Distinct orders in the period."), "count(distinct order_id)"),
    Metric("days_since_last_sale", mark("Days since the last sale"), "days",
           mark("Days from the account's last sale to the last day of the data."), "as_of − last_sold_on", "less"),
    Metric("return_rate", mark("Return rate"), "rate",
           mark("Returned amounts as a share of gross sales."), "−sum(negative net_amount) ÷ sum(positive net_amount)", "less"),
    Metric("attainment", mark("Attainment"), "rate", mark("Actual as a share of the target of the same scope and months."), "actual ÷ target"),
    Metric("variance", mark("Variance"), "money", mark("Actual less target."), "actual − target"),
    Metric("overdue_amount", mark("Overdue"), "money",
           mark("Open invoices whose due day is over on the last day of the data."), "sum(amount of open invoices due before as_of)", "less"),
    Metric("file_rate", mark("File complete"), "rate",
           mark("Fields of the account's file that are known, of those that its stage in the life cycle asks for."), "known ÷ asked for"),
    Metric("peer_rate", mark("Similar accounts that buy it, share"), "rate",
           mark("Of the accounts of the same kind, region and, where there are enough, channel that bought anything, those that bought it."),
           "buying peers ÷ peers"),
    Metric("supplied", mark("Bought per month"), "money",
           mark("What the account bought of a supplier in the months that were stated, over their number."), "amount ÷ stated months"),
    Metric("change_rate", mark("Change"), "rate",
           mark("Change on the same period one year earlier; only complete months are compared."), "value ÷ previous − 1"),
    Metric("share", mark("Share"), "rate", mark("Part of the total of what is shown."), "net_sales ÷ sum(net_sales)"),
    Metric("abc", mark("ABC"), "number",
           mark("A while the accounts before it, largest first, hold under 80 % of positive net sales; B under 95 %; else C."),
           "cumulative_share_before < cut"),
    Metric("gini", mark("Concentration (Gini)"), "number",
           mark("0 when every account buys the same, near 1 when one account buys everything; not given where an account is below zero."),
           "Σ (2i − n − 1) × x(i) ÷ (n × Σ x)", "neither"),
    Metric("score", mark("Value score"), "number",
           mark("Weighted mean of the account's mid-rank percentiles in net sales, expected sales, credit, profit and reference effect. "
                "It explains an account's value; it predicts little better than net sales alone."),
           "Σ weight × (rank − 0.5) ÷ n"),
    Metric("actual_value", mark("Actual value"), "money",
           mark("Gross margin of twelve complete months less the cost to serve: visits, delivery, credit and rebates."),
           "gross_margin − cost_to_serve"),
    Metric("strategic_value", mark("Strategic value"), "money",
           mark("Actual value and the chance of growth: what competitors sell the account, at its margin rate, times the chance of winning it."),
           "actual_value + max(0, potential − own) × margin_rate × probability"),
    Metric("value_class", mark("Value class"), "number",
           mark("Below zero: actual value under 0 and strategic value not above it; invest to fix: strategic value above it. MVC: the first 80 % "
                "of positive actual value. MGC: of the others, the largest strategic less actual value. The rest are migrators."),
           "av < 0, cumulative av, sv − av", "neither"),
    Metric("p_alive", mark("Probability of being alive"), "rate",
           mark("Chance that the customer still buys, from how often and how lately it bought (BG/NBD). One day of purchase counts as alive."),
           "1 ÷ (1 + a ÷ (b + x − 1) × ((α + T) ÷ (α + t))^(r + x))"),
    Metric("expected_value", mark("Expected net sales"), "money",
           mark("Purchase days to expect within the horizon, times the spend per day to expect (gamma-gamma)."), "expected_purchases × expected_spend"),
    Metric("retention_rate", mark("Retention"), "rate",
           mark("Share of the customers of the year before last that bought in the last year too."), "bought in both years ÷ bought before"),
    Metric("contribution", mark("Contribution"), "rate",
           mark("The account's share of the company's gross margin over the last 12 complete months; net sales where too few costs are known."),
           "gross_margin ÷ company's gross_margin"),
    Metric("stability_cv", mark("Variation"), "number",
           mark("How much monthly units vary once the account's own season and trend are taken out. Lower is steadier."),
           "sd(residuals) ÷ mean(deseasonalised units)", "less"),
    Metric("p_stable", mark("Probability of being stable"), "rate",
           mark("Chance that the true variation lies under the cut, given how few months were seen."), "Φ((cut − CV) ÷ se)"),
    Metric("agree_rate", mark("Agreement"), "rate",
           mark("Of the accounts that both bases class, the share that they find equally good: best, middle or last."), "agree ÷ accounts"),
    Metric("winning_basis", mark("Winning basis"), "number",
           mark("The first basis of the order whose class of the account asks for something: value below zero, credit, quadrant, amount, potential, "
                "attitude. The sources don't say which wins; the order is ours and can be changed."),
           "first(basis_order with a verdict)", "neither"),
    Metric("net_result", mark("Net result"), "money",
           mark("What an account brings in a year, present, expected and as a showcase, less what it takes: supply, hours, marketing. "
                "What is not known counts as nothing and is shown as missing."),
           "margin + future_margin + showcase − (supply + hours × rate + marketing)"),
    Metric("seasonal_index", mark("Seasonal index"), "index",
           mark("A month's sales against the average month, trend taken out; 1 is average."), "mean(value ÷ centred 12-month average)", "neither"),
    Metric("peak_share", mark("Share of the year"), "rate",
           mark("The months' part of a year in which every month sells its index."), "Σ index of the months ÷ 12", "neither"),
    Metric("strength", mark("Strength of the season"), "rate",
           mark("How much of the detrended movement the season explains; under 0.4 there is none to speak of, from 0.64 it is clear."),
           "max(0, 1 − Var(R) ÷ Var(S + R))", "neither"),
    Metric("deals_created", mark("Deals created"), "count", mark("Deals whose creation lies in the period."), "count(opportunity)"),
    Metric("won_value", mark("Won value"), "money", mark("Expected amount of the won deals."), "sum(expected_amount of won)"),
    Metric("open_value", mark("Open value"), "money",
           mark("Expected amount of the deals that are neither won nor lost."), "sum(expected_amount of open)"),
    Metric("cycle_days", mark("Days to win"), "days",
           mark("Mean days from a deal's creation to its win, of the won deals."), "mean(won_on − created_on)", "less"),
    Metric("conversion_rate", mark("Conversion"), "rate",
           mark("Deals that reached a later stage as a share of those that entered this one; a skipped stage counts as passed."),
           "reached_next ÷ entered"),
    Metric("win_rate", mark("Win rate"), "rate",
           mark("Won deals as a share of closed deals; open deals are left out."), "won ÷ (won + lost)"),
    Metric("win_rate_by_value", mark("Win rate by value"), "rate",
           mark("Value won as a share of the value closed; unknown where no lost deal says for how much."),
           "won_value ÷ (won_value + lost_value)"),
    Metric("cycle_days", mark("Sales cycle"), "days", mark("Mean days from a won deal's creation to its win."),
           "mean(won on − created on)", "less"),
    Metric("velocity", mark("Velocity"), "money", mark("Money per day that the open pipeline yields."),
           "open × win_rate × mean won value ÷ cycle_days"),
    Metric("survival", mark("Still in the stage"), "rate",
           mark("Share of the deals that are still in the stage after so many days; open deals count for as long as they are seen (Kaplan–Meier)."),
           "Π (1 − leaving ÷ at risk)", "neither"),
    Metric("age_days", mark("Days in the stage so far"), "days", mark("Days since an open deal entered the stage it is in."),
           "as_of − entered_on", "less"),
    Metric("weighted", mark("Weighted forecast"), "money",
           mark("Expected amount of the open deals, each times its stage's win rate as known on the day; won and lost deals are not in it."),
           "Σ probability × expected_amount"),
    Metric("stage_probability", mark("Win rate from the stage"), "rate",
           mark("Won deals of those closed that had seen the stage, mixed with the company's win rate at the weight of ten deals."),
           "(won + 10 × overall) ÷ (closed + 10)"),
    Metric("forecast_error", mark("Forecast error"), "rate",
           mark("What came in of the deals that were open then, against their forecast."), "actual ÷ forecast − 1", "neither"),
    Metric("lost_deals", mark("Lost deals"), "count", mark("Deals of the period that are lost now."), "count(lost)", "less"),
    Metric("target_cover", mark("Target covered"), "rate",
           mark("The weighted forecast as a share of the sales targets of the same months; sales without a deal come on top."),
           "weighted ÷ target"),
    Metric("life_accounts", mark("Accounts in the stage"), "count",
           mark("Accounts that their deals and orders put in this stage of the life cycle on the last day."), "count(account)"),
    Metric("cooled_leads", mark("Cooled leads"), "count",
           mark("Open deals without a two-way contact for longer than their owner is protected."), "count(silent_days > protection_days)", "less"),
    Metric("completeness_rate", mark("Taken up"), "rate",
           mark("Of four things to take up at a hand-over, those found in the data: deals in the new name, a contact, the decision maker, dates."),
           "checks passed ÷ 4"),
    Metric("repurchase_rate", mark("Repurchase rate"), "rate",
           mark("First-time buyers that ordered again within the window."), "repurchased ÷ first_orders"),
    Metric("median_days", mark("Median days in stage"), "days",
           mark("Half of the deals left the stage by then; open deals count as still there (Kaplan–Meier)."), "S(t) ≤ 0.5", "less"),
    Metric("natural", mark("Natural sales"), "units",
           mark("What a distributor would buy of a product with no new action: the forecast from its own seasons."), "forecast without new action"),
    Metric("target", mark("Target"), "units",
           mark("Natural sales with the lift that the peak's requirement asks for, in whole cases."), "natural × (1 + lift × month ÷ months)"),
    Metric("gap", mark("Gap to natural sales"), "units", mark("Target less natural sales: what needs an action."), "target − natural"),
    Metric("lift", mark("Lift"), "rate", mark("What the peak's requirement is above the natural peak."), "(requirement − natural peak) ÷ natural peak"),
    Metric("margin_at_risk", mark("Margin at risk"), "money",
           mark("What the alarms' accounts may cost: the margin of the last 12 months times the risk."), "risk × gross_margin of 12 months", "less"),
    Metric("risk", mark("Risk"), "rate",
           mark("The chance that an alarm is more than noise, times the part of the usual purchases that is missing."),
           "(1 − chance) × missing", "less"),
    Metric("cusum", mark("Cumulated shortfall"), "number",
           mark("How far the months have fallen short in a row, in the account's own spread; season and the company's month are taken out."),
           "S = max(0, S − z − k)", "less"),
    Metric("pause_chance", mark("Chance of the pause"), "rate",
           mark("How likely a pause as long as the present one is, if the account still orders as before: by its own regularity, else by "
                "its number of orders."),
           "(1 + pause ÷ (span + 2 × median pause))^−(repeat orders + 2)", "neither"),
    Metric("alarm_precision", mark("Alarms that were right"), "rate",
           mark("True alarms as a share of the alarms whose outcome was logged."), "true ÷ (true + false)"),
    Metric("alarm_recall", mark("Losses that were announced"), "rate",
           mark("True alarms as a share of all falls and losses that were logged, those without an alarm included."),
           "true ÷ (true + lost without an alarm)"),
    Metric("alarms", mark("Alarms"), "count", mark("Accounts above the threshold of their test."), "S > h, or chance < cut", "less"),
    Metric("watched", mark("Accounts watched"), "count",
           mark("Accounts with enough months or orders for one of the two tests."), "months ≥ 12, or orders ≥ 4"),
    Metric("share_of_wallet", mark("Share of wallet"), "rate",
           mark("What we sell to an account as a share of all that it buys: of the larger of what is known (ours and competitors') and the model."),
           "own ÷ max(own + known competitors, model)"),
    Metric("wallet", mark("Wallet"), "money",
           mark("What an account buys of everybody in a year: known purchases, or what the best fifth of similar accounts of its size buy, if that is more."),
           "max(own + known competitors, P80 of purchases ÷ size × size)", "neither"),
    Metric("wallet_headroom", mark("Still to be won"), "money", mark("The part of the wallet that others sell, or that is not bought yet."),
           "wallet − own", "neither"),
    Metric("upcoming", mark("Upcoming volume"), "money",
           mark("What an account is about to buy in a quarter: its last three complete months with their season taken out, or its open orders."),
           "Σ net_sales ÷ seasonal_index over three months"),
    Metric("people_needed", mark("People needed"), "number",
           mark("A accounts have a person each, two B accounts share one, three to five C accounts share one."), "A ÷ 1 + B ÷ 2 + C ÷ (3 to 5)", "neither"),
    Metric("people_now", mark("People there"), "count",
           mark("Salespeople who are named as the owner of at least one of these accounts."), "count(distinct salesperson of an account)", "neither"),
    Metric("workload_people", mark("People by workload"), "number",
           mark("Calls that the accounts ask for in a month, by the calls that one person makes."), "Σ accounts × calls ÷ calls per person", "neither"),
    Metric("territory_index", mark("Territory against the average"), "rate",
           mark("A territory's workload or potential against the average of all; people who lead others are left out of the average."),
           "territory ÷ mean − 1", "neither"),
    Metric("territories_flagged", mark("Territories out of balance"), "count",
           mark("Territories whose workload or potential is further from the average than the fair band."), "count(|territory ÷ mean − 1| > band)", "less"),
    Metric("hours_share", mark("Share of hours"), "rate",
           mark("Hours spent on a quadrant's accounts, of those spent on all classified accounts in the last twelve complete months."),
           "hours ÷ Σ hours of EI to EIV", "neither"),
)

METRICS: dict[str, Metric] = {metric.name: metric for metric in _METRICS}
"""Every metric by its name."""


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """numerator ÷ denominator; None when either is missing or the denominator is 0."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator


def change_rate(value: float | None, previous: float | None) -> float | None:
    """value ÷ previous − 1; None unless previous is positive."""
    if value is None or previous is None or previous <= 0:
        return None
    return value / previous - 1
