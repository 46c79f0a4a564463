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
)  # fmt: skip
