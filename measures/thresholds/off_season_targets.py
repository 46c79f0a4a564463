"""Off-season targets: requirement, lift, limits."""

from data.language import mark
from measures.thresholds.record import Threshold, share

TITLE = mark("Off-season targets")
RECORDS = (
    Threshold("requirement_basis", "last_peak", "choice", mark("Requirement for the peak from"),
              mark("Last peak's sales and a growth on them; or the forecast of the next peak and a growth on it; or a figure that somebody states. "
                   "A stated figure counts before the others."),
              choices=("last_peak", "forecast", "stated")),
    Threshold("requirement", 0.0, "number", mark("Requirement for the peak"),
              mark("What the next peak must sell, in units; 0 takes the last peak or the forecast, and the growth."),
              minimum=0.0, maximum=1e15, unit="units"),
    Threshold("requirement_growth", 0.10, "number", mark("Growth of the peak"),
              mark("A modest ambition until a requirement is written down."), minimum=-0.5, maximum=2.0, unit="rate"),
    Threshold("target_season", "next", "choice", mark("Off-season to plan"),
              mark("The next one is planned in time; while one runs, what is left of it can be planned anew."),
              choices=("next", "running")),
    Threshold("board_accounts", "everyone", "choice", mark("Who is planned"),
              mark("With all who buy the parts are the whole company. Where wholesalers and outlets that buy directly are somebody else's plan, "
                   "only those who resell or are served directly are on the board."),
              choices=("everyone", "resellers")),
    Threshold("season_group", 1, "integer", mark("Group of regions by their off-season"),
              mark("Hemispheres differ, and a board plans one off-season: regions that sell most while others sell least are planned apart. "
                   "1 is the group with the largest region, 2 the next; 0 plans all by the company's season."), minimum=0, maximum=9),
    Threshold("lift_shape", "ramp", "choice", mark("How the lift arrives"),
              mark("New outlets take time: the ramp asks for little at first and for all of it at the end."),
              choices=("ramp", "held")),
    share("growth_share", 0.50, mark("Share of the lift where growth points are"),
          mark("Everybody stretches a little, in proportion to natural sales; the other half is asked where there is something to win.")),
    Threshold("cell_ceiling", 0.25, "number", mark("Most that a cell may grow over its natural sales"),
              mark("Beyond a quarter more, a distributor's target is a wish."), minimum=0.0, maximum=5.0),
    share("cell_floor", 0.0, mark("Least that a cell keeps of its natural sales"),
          mark("While the rest makes room for a figure that somebody set, no cell falls below this part of what it sells anyway.")),
    share("outlet_probability", 0.50, mark("Chance that an outlet is won"),
          mark("Of two outlets that are worked for a season about one begins to buy; your own record is the better figure.")),
    Threshold("least_outlets", 5, "integer", mark("Outlets from which an account is compared"),
              mark("Of fewer outlets one that buys or does not changes the share by a quarter or more."), minimum=1, maximum=1000, unit="outlets"),
    Threshold("outlet_peers", 8, "integer", mark("Accounts that the outlets are compared with, at least"),
              mark("Among fewer accounts the best quarter is one account or two."), minimum=2, maximum=1000, unit="accounts"),
    share("outlet_percentile", 0.75, mark("Outlets as good as this part of the accounts"),
          mark("What a quarter of the accounts do better already can be asked of the others.")),
    share("wallet_probability", 0.10, mark("Chance that a competitor's sales are won"),
          mark("What a competitor holds it defends: one unit in ten within a season is good work.")),
    Threshold("ordering_outcomes", "order, ordered, sale, sold, pedido, venta", "text", mark("Outcomes of visits that are an order"),
              mark("Outlets that buy from their distributor leave no other trace with us.")),
)
