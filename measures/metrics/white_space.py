"""Universe and penetration, proposals of products, sources of leads."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("universe", mark("Universe"), "count",
           mark("Accounts that could buy: what people state for a region and channel, never less than the accounts known there; where nobody "
                "states it, the known ones."),
           "max(stated, known)", "neither"),
    Metric("known_accounts", mark("Known accounts"), "count", mark("Accounts of the data: customers, prospects, outlets without sales."), "count(account)"),
    Metric("reached_accounts", mark("Reached accounts"), "count",
           mark("Accounts that bought in the last months, and those that hang under one that did and are supplied through it."),
           "buys + supplied"),
    Metric("penetration", mark("Penetration"), "rate", mark("Reached accounts as a share of the universe."), "reached ÷ universe"),
    Metric("open_accounts", mark("Not reached"), "count", mark("The part of the universe that is not reached; most of it may not be known by name."),
           "universe − reached", "less"),
    Metric("base_growth", mark("Growth of the base"), "rate",
           mark("Known accounts against those known as many months ago as the window has; unknown where neither dates of opening nor a long "
                "history tell it."),
           "known ÷ known before − 1"),
    Metric("expected_sales", mark("Expected net sales a year"), "money",
           mark("What the account would buy of the product if it bought as the ten buyers most like it: the median of their share of it, times "
                "the account's own net sales of twelve months."),
           "median(peer's net sales of the product ÷ peer's net sales) × own net sales"),
    Metric("nearness", mark("Nearness"), "number",
           mark("How much the account's own products speak for this one: the sum of their cosines by who buys them. By popularity: the buyers."),
           "Σ both ÷ √(buyers × buyers of the other)", "neither"),
    Metric("recall_at_k", mark("Found among the first k"), "rate",
           mark("Of the products that accounts took up in the hidden months, those that stood among the first k that the rank would have "
                "proposed to each."),
           "hits ÷ taken up"),
    Metric("hit_rate", mark("Proposals taken up"), "rate",
           mark("Of the proposals made for the hidden months to accounts that took up something, those that were taken up, although nobody made them."),
           "hits ÷ proposed"),
    Metric("product_lift", mark("Lift"), "number",
           mark("How many times more often two products are bought together than by chance. Never a rank: it is largest where hardly anybody buys."),
           "both × all ÷ (buyers × buyers of the other)", "neither"),
    Metric("contact_cost", mark("Cost of contacts"), "money",
           mark("What the activities on the accounts of a source's deals cost while these were open, shared equally over the deals open in a month; "
                "their hours at the hourly rate of the settings."),
           "Σ (cost + hours × rate) ÷ open deals", "less"),
    Metric("cost_per_win", mark("Cost per won deal"), "money", mark("Cost of contacts over won deals: lost and open deals cost, too."),
           "contact_cost ÷ won", "less"),
    Metric("value_per_cost", mark("Won per unit of cost"), "number", mark("Value won for each unit of money that contacts cost."), "won_value ÷ contact_cost"),
)
