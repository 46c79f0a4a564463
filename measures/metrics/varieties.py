"""Distribution and rate of sale of products."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("distribution", mark("Distribution"), "rate",
           mark("Share of the distributors that bought anything in the last twelve months who stock the product."),
           "distributors that stock it ÷ distributors that buy"),
    Metric("rate_of_sale", mark("Rate of sale"), "number",
           mark("Units that a distributor who stocks the product buys of it in an average month, the season taken out."),
           "Σ units ÷ seasonal index ÷ Σ months in which a distributor stocked it"),
    Metric("months_to_distribution", mark("Months to distribution"), "count",
           mark("Months from launch to the end of the month in which as many stock it as the stated share of its category's median distribution."),
           "first month with distribution ≥ share × median distribution of the category", "less"),
    Metric("usual_months_to_distribution", mark("Usual months to distribution"), "number",
           mark("The median of the earlier launches; one that never came so far took longer than any."), "median(months to distribution)", "less"),
)  # fmt: skip
