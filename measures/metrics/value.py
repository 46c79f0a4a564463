"""What an account is worth: classes, quadrants, value, lifetime."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("abc", mark("ABC"), "number",
           mark("A while the accounts before it, largest first, hold under 80% of positive net sales; B under 95%; else C."),
           "cumulative_share_before < cut"),
    Metric("gini", mark("Concentration (Gini)"), "number",
           mark("0 when every account buys the same, near 1 when one account buys everything; not given where an account is below zero."),
           "Σ (2i − n − 1) × x(i) ÷ (n × Σ x)", "neither"),
    Metric("score", mark("Value score"), "number",
           mark("Weighted mean of the account's mid-rank percentiles in net sales, expected sales, credit, profit and reference effect. "
                "It explains an account's value; it predicts little better than net sales alone."),
           "Σ weight × (rank − 0.5) ÷ n"),
    Metric("bridge_volume", mark("Volume (bridge)"), "money",
           mark("More or fewer units of the accounts that bought in both periods, at the mean price of before."), "(Q1 − Q0) × mean(p0)", "neither"),
    Metric("bridge_mix", mark("Mix of products (bridge)"), "money",
           mark("Dearer or cheaper products among as many units, at the prices of before."), "Σ (q1 − Q1 × s0) × p0", "neither"),
    Metric("bridge_price", mark("Prices (bridge)"), "money",
           mark("Today's units times the change of each product's price, discounts included."), "Σ q1 × (p1 − p0)", "neither"),
    Metric("bridge_rest", mark("Accounts and products (bridge)"), "money",
           mark("Net sales of accounts that bought in one of the periods only, and, of the others, of products that they bought in one only. "
                "All seven parts sum to the change to the cent."),
           "Σ net_sales of one period only", "neither"),
    Metric("actual_value", mark("Actual value"), "money",
           mark("Gross margin of twelve complete months less the cost to serve: visits, delivery, credit and rebates."),
           "gross_margin − cost_to_serve"),
    Metric("strategic_value", mark("Strategic value"), "money",
           mark("Actual value and the chance of growth: what competitors sell the account, at its margin rate, times the chance of winning it."),
           "actual_value + max(0, potential − own) × margin_rate × probability"),
    Metric("value_class", mark("Value class"), "number",
           mark("Below zero: actual value under 0 and strategic value not above it; invest to fix: strategic value above it. MVC: the first 80% "
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
)
