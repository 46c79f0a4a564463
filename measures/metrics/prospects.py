"""Prospects: what they may bring, how likely they are to sign, and how far one can believe it."""

from data.language import mark
from measures.metrics.record import Metric

RECORDS = (
    Metric("expected_contribution", mark("Expected contribution"), "money",
           mark("Margin of a year if the prospect is won: what it buys of everybody, times the share aimed at, times our margin rate. Where nobody "
                "reported what it buys: its open deals, or what similar customers buy from us, times our margin rate."),
           "potential × target share of wallet × margin rate"),
    Metric("intention", mark("Chance of signing"), "rate",
           mark("How likely the prospect is to sign, from what deals with rated accounts became: a class rate under 20 closed deals, a curve "
                "over the score under 80, weights learnt from the deals from there on."),
           "p(win | rating known on the day)"),
    Metric("rubric_score", mark("Score"), "rate",
           mark("Weighted mean of the indicators that are known, where these carry enough of the weight."), "Σ weight × unit ÷ Σ weight"),
    Metric("delay_cost", mark("Cost of a month's delay"), "money",
           mark("What a month without this customer costs, if it would sign: a twelfth of its expected contribution."),
           "expected contribution ÷ 12", "neither"),
    Metric("brier", mark("Brier score"), "number",
           mark("Mean squared distance of stated chances from what came true; 0 is perfect. Each chance is the one stated when the deal was rated."),
           "mean((stated − won)²)", "less"),
    Metric("brier_skill", mark("Better than the base rate"), "rate",
           mark("How much lower the Brier score is than that of stating the win rate known then for every deal."), "1 − Brier ÷ Brier of the base rate"),
    Metric("stated_rate", mark("Stated rate"), "rate", mark("Mean of the chances stated for the class's closed deals, when they were rated."),
           "mean(stated)", "neither"),
    Metric("realised_rate", mark("Realised rate"), "rate", mark("Won deals of the class's closed ones; open deals are not judged yet."), "won ÷ closed"),
    Metric("rated_share", mark("Rated"), "rate", mark("Prospects with enough of the rubric known for a score."), "rated ÷ prospects"),
    Metric("file_age_days", mark("Age of the file"), "days",
           mark("Days since anything in the file was renewed: a score, a report, a contact, a move of a deal, a step set by hand."),
           "as_of − last renewal", "less"),
)
