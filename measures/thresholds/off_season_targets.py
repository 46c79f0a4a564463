"""Off-season targets: requirement, lift, limits."""

from data.language import mark
from measures.thresholds.record import Threshold

TITLE = mark("Off-season targets")
RECORDS = (
    Threshold("requirement", 0.0, "number", mark("Requirement for the peak"),
              mark("What the next peak must sell, in units; 0 takes last peak's sales and the growth below."),
              minimum=0.0, maximum=1e15, unit="units"),
    Threshold("requirement_growth", 0.10, "number", mark("Growth of the peak without a stated requirement"),
              mark("A modest ambition until a requirement is written down."), minimum=-0.5, maximum=2.0),
    Threshold("lift_shape", "ramp", "choice", mark("How the lift arrives"),
              mark("New outlets take time: the ramp asks for little at first and for all of it at the end."),
              choices=("ramp", "held")),
    Threshold("cell_ceiling", 0.25, "number", mark("Most that a cell may grow over its natural sales"),
              mark("Beyond a quarter more, a distributor's target is a wish."), minimum=0.0, maximum=5.0),
)
