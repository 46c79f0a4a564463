"""Funnel, life cycle and protection of leads."""

from data.language import mark
from data.stage_words import LOST_WORDS, WON_WORDS
from measures.pipeline.sales_models import LIMITS, canonical
from measures.thresholds.record import Threshold

TITLE = mark("Sales model")
RECORDS = (
    Threshold("view", "cohort", "choice", mark("View"),
              mark("Snapshot counts what is open now; cohort follows the deals that began in the period; transitions count the moves in the period."),
              choices=("snapshot", "cohort", "transitions")),
    Threshold("sales_models", "", "text", mark("Sales models of your own"),
              mark('Written as {"Bars": {"kinds": ["outlet"], "stages": ["visit", "tasting"], "protection_days": 15}}: which accounts, stages and windows.'),
              check=canonical),
    Threshold("deals_of", "", "text", mark("Deals of the sales model"),
              mark("Only deals with the accounts that the model is for, with its stages and windows; empty takes all deals, as the company reads them."),
              is_personal=True),
    Threshold("deal_kinds", "", "text", mark("Deals with accounts of kind"), mark("The kinds of accounts that the sales model is for; empty takes all."), is_personal=True),
    Threshold("deal_channels", "", "text", mark("Deals with accounts of channel"), mark("The channels that the sales model is for; empty takes all."), is_personal=True),
    Threshold("deal_sources", "", "text", mark("Sources of deals"),
              mark("Only deals that came from these, separated by semicolons, - for deals without a source; a semicolon of their own is doubled, and ;;- is the source -; empty takes all deals."), is_personal=True),
    Threshold("stage_order", "", "text", mark("Order of the stages"),
              mark("Stages separated by commas; empty learns the order from the data.")),
    Threshold("won_stages", ", ".join(WON_WORDS), "text",
              mark("Stages that mean won"), mark("Your own words for a deal that was won, separated by commas; the first that it comes to ends it.")),
    Threshold("lost_stages", ", ".join(LOST_WORDS), "text",
              mark("Stages that mean lost"), mark("Your own words for a deal that was lost, separated by commas; here too the first ends it.")),
    Threshold("maturity_days", 180, "integer", mark("Days until a cohort is mature"),
              mark("Younger cohorts have deals that simply had no time yet."), minimum=LIMITS["maturity_days"][0], maximum=LIMITS["maturity_days"][1], unit="days"),
    Threshold("stuck_percentile", 0.80, "share", mark("Stuck beyond this share of won deals"),
              mark("Percentile of the days that won deals stayed in the stage: four of five had left it by then."), minimum=0.0, maximum=1.0),
    Threshold("sales_model", "big_c", "choice", mark("Sales model"),
              mark("The windows are stated for big C (people who decide slowly, with a sales team); heavy B (companies with several deciders) takes twice as long, small C half."),
              choices=("heavy_b", "big_c", "small_c")),
    Threshold("protection_days", 30, "integer", mark("Days of protection of a lead"),
              mark("Counted from the last two-way contact; after a month of silence another push costs more goodwill than it wins."),
              minimum=LIMITS["protection_days"][0], maximum=LIMITS["protection_days"][1], unit="days"),
    Threshold("lost_days", 365, "integer", mark("Lost after days of silence"),
              mark("A whole year without an order has no season left to explain it."), minimum=LIMITS["lost_days"][0], maximum=LIMITS["lost_days"][1], unit="days"),
    Threshold("alive_cut", 0.10, "share", mark("At risk below this chance"),
              mark("The chance that the account still buys: one in ten that so long a silence is its own rhythm."), minimum=0.0, maximum=1.0),
    Threshold("own_touch_outcomes",
              "inbound, contacted us, called us, wrote to us, customer contact, customer called, own contact, "
              "nos contactó, nos llamó, nos escribió, contacto del cliente, entrante",
              "text", mark("Outcomes of the customer's own contacts"),
              mark("Only the customer's own contact wakes a cooled lead.")),
    Threshold("referral_sources", "referral, recommendation, word of mouth, referred, referencia, referido, recomendación, boca a boca, "
              "empfehlung, weiterempfehlung, recommandation, parrainage, indicação, recomendação, boca em boca, raccomandazione, passaparola", "text",
              mark("Sources that are referrals"),
              mark("Where repurchase is rare, customers who bring customers are the growth.")),
)
