"""Sales, margin, volume and what they are compared with."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("net_sales", mark("Net sales"), "money",
           mark("Sales after discounts and returns, before tax."), "sum(net_amount)"),
    Metric("gross_margin", mark("Gross margin"), "money",
           mark("Net sales less cost. A line without a cost takes its product's cost rate, else its unit cost, else its category's rate."),
           "sum(net_amount − cost_amount)"),
    Metric("margin_rate", mark("Margin rate"), "rate", mark("Gross margin as a share of net sales."), "gross_margin ÷ net_sales"),
    Metric("quantity", mark("Units"), "units", mark("Sales units sold, returns subtracted."), "sum(quantity)"),
    Metric("volume", mark("Volume"), "volume", mark("Units times the product's unit volume, in hl."), "sum(quantity × unit_volume)"),
    Metric("active_accounts", mark("Active accounts"), "count",
           mark("Accounts with at least one sale in the period."), "count(distinct account with quantity > 0 or net_amount > 0)"),
    Metric("orders", mark("Orders"), "count", mark("Distinct orders in the period; what only returns goods is none."), "count(distinct order_id) where quantity > 0 or net_amount > 0"),
    Metric("days_since_last_sale", mark("Days since the last sale"), "days",
           mark("Days from the account's last sale to the last day of the data."), "as_of − last_sold_on", "less"),
    Metric("return_rate", mark("Return rate"), "rate",
           mark("Returned amounts as a share of gross sales."), "−sum(negative net_amount) ÷ sum(positive net_amount)", "less"),
    Metric("attainment", mark("Attainment"), "rate", mark("Actual as a share of the target of the same scope and months."), "actual ÷ target"),
    Metric("variance", mark("Variance"), "money", mark("Actual less target."), "actual − target"),
    Metric("overdue_amount", mark("Overdue"), "money",
           mark("Open invoices whose due day is over on the last day of the data."), "sum(amount of open invoices due before as_of)", "less"),
    Metric("change_rate", mark("Change"), "rate",
           mark("Change on the same period one year earlier; only complete months are compared."), "value ÷ previous − 1"),
    Metric("share", mark("Share"), "rate", mark("Part of the total of what is shown."), "net_sales ÷ sum(net_sales)"),
)
