"""Prospects: expected contribution against the chance of signing, one point each, the cuts drawn, each corner with its strategy and sums.

More likely is further right, more to win further up: PI stands top right. A point's area is the value of its open deals; a hollow one's
potential nobody reported. The ten largest are named and have the range of their chance as a bar. Pale lines are where the classes
begin. Click selects a prospect.
"""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.corners import WIDE, corner_texts, corners, upright
from charts.marks import expression, field, part, picking, size_where, value_axis, words
from charts.named import AREAS, HEIGHT, WIDTH, name_layer, spots
from charts.pipeline import prospect_words
from charts.quadrant_rows import LARGEST, MOST, is_skewed
from charts.theme import NOTE_SIZE, PROSPECTS, Theme, tooltip_format
from data.language import _, format_percent
from measures.pipeline.prospect_value import REPORTED

SIDES = {"PI": (True, False), "PII": (False, False), "PIII": (True, True), "PIV": (False, True)}
LIFTED = -9.0
TICKS = tuple(step * 10**power for power in range(9) for step in (1, 2, 5))
"""Where a logarithmic axis of money has its marks."""

PADDING = 50
"""Room above and below the points for the corners' texts."""


def prospects(
    rows: pl.DataFrame, *, quadrants: pl.DataFrame, intention_cut: float, class_cuts: dict[str, float], theme: str = "light", finding: str = "",
    height: int = 520,
) -> Chart:  # fmt: skip
    """Scatter of `rows` [account_id, account, probability, lo, hi, expected_contribution, quadrant, class, potential_basis, open_value,
    is_high, sentence]; `quadrants` [quadrant, accounts, expected_contribution, share] fills the corners.

    Prospects without a quadrant are left out; of more than 5,000 the largest are drawn. "picked" carries account_id.
    """
    placed = _placed(rows)
    is_log = is_skewed(placed["expected_contribution"])
    frames = [placed, _ranges(placed), _cuts(placed, intention_cut), _classes(class_cuts), _corners(quadrants), _names(placed, is_log)]
    return Chart(_spec(theme, is_log), pl.concat(frames, how="diagonal_relaxed"), finding, height, "picked")


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    chosen = rows.filter(pl.col("quadrant").is_not_null()).sort("expected_contribution", descending=True).head(MOST)
    bases = {code: prospect_words.basis(code) for code in chosen["potential_basis"].unique()}
    return chosen.select(
        pl.lit("account").alias("part"), "account_id", "account", "quadrant", "class", "sentence", "probability", "lo", "hi", "expected_contribution", "open_value",
        "is_high", pl.col("potential_basis").replace_strict(bases, return_dtype=pl.String).alias("basis_text"),
        (pl.col("potential_basis") != REPORTED).alias("is_hollow"), pl.col("open_value").clip(lower_bound=0).alias("area"),
    )  # fmt: skip


def _ranges(placed: pl.DataFrame) -> pl.DataFrame:
    largest = placed.head(LARGEST)
    return largest.select(pl.lit("range").alias("part"), "quadrant", "expected_contribution", pl.col("lo").alias("probability"), pl.col("hi").alias("end"))


def _cuts(placed: pl.DataFrame, intention_cut: float) -> pl.DataFrame:
    """The two cuts; that of contribution lies between the smallest high prospect and the largest low one."""
    high, low = (placed.filter(chosen)["expected_contribution"] for chosen in (pl.col("is_high"), ~pl.col("is_high")))
    ends = [value for value in (high.min(), low.max()) if value is not None]
    height = max(ends[0] * ends[-1], 0) ** 0.5 if ends else None
    rows = {"part": ["intention_cut", "contribution_cut"], "probability": [intention_cut, None], "expected_contribution": [None, height]}
    return pl.DataFrame(rows, schema_overrides={"probability": pl.Float64, "expected_contribution": pl.Float64}).filter(
        pl.any_horizontal(pl.col("probability", "expected_contribution").is_not_null())
    )


def _classes(cuts: dict[str, float]) -> pl.DataFrame:
    """Where A, B and C begin."""
    texts = [_("{name} from {rate}").format(name=name, rate=format_percent(rate, 0)) for name, rate in cuts.items()]
    return pl.DataFrame({"part": "class", "probability": list(cuts.values()), "class_text": texts, "class_short": list(cuts)})


def _corners(sums: pl.DataFrame) -> pl.DataFrame:
    return corners(sums, sides=SIDES, named=prospect_words.quadrant, money="expected_contribution")


def _names(placed: pl.DataFrame, is_log: bool) -> pl.DataFrame:
    """Names of the prospects with the most to bring; `spots` ranks by area, so that it is lent the contribution."""
    lent = placed.with_columns(pl.col("expected_contribution").clip(lower_bound=0).alias("area"))
    scale = pl.col("expected_contribution").log() if is_log else pl.col("expected_contribution")
    low, high = (placed.select(scale.alias("y"))["y"].min() or 0.0, placed.select(scale.alias("y"))["y"].max() or 1.0)
    heights = dict(lent.select("account_id", (1 - (scale - low) / ((high - low) or 1.0)).alias("y")).iter_rows())
    found = spots(
        lent, LARGEST, lambda row: (WIDTH * row["probability"], HEIGHT * heights[row["account_id"]] + LIFTED),
        ("account_id", "account", "probability", "expected_contribution"),
    )  # fmt: skip
    # A name beside its point would lie on the bar of its range.
    return found.with_columns(pl.col("dy") + LIFTED) if found.height else found


@authored
def _spec(look: Theme, is_log: bool) -> alt.LayerChart:
    x = alt.X(
        **field("probability", "quantitative", title=_("Chance of signing (more likely →)")), scale=alt.Scale(domain=[0, 1], padding=16),
        axis=alt.Axis(format=".0%", tickCount=5, grid=False),
    )  # fmt: skip
    title = labels.axis_title("expected_contribution")
    scale = alt.Scale(type="log", nice=False, padding=PADDING) if is_log else alt.Scale(padding=PADDING)
    y = alt.Y(
        **field("expected_contribution", "quantitative", title=_("{title} a year, logarithmic").format(title=title) if is_log else _("{title} a year").format(title=title)),
        scale=scale, axis=value_axis(has_losses=False, grid=False, **({"values": list(TICKS), "labelOverlap": "greedy"} if is_log else {})),
    )  # fmt: skip
    dashed = {"color": look.ink, "strokeWidth": 1, "strokeDash": [5, 3]}
    cuts = [upright(part("intention_cut").mark_rule(**dashed), x), part("contribution_cut").mark_rule(**dashed).encode(y=y)]
    reach = part("range").mark_rule(strokeWidth=1, opacity=0.45).encode(x=x, x2=alt.X2(field="end"), y=y, color=alt.Color(**field("quadrant"), scale=_colours()))
    return alt.layer(*_class_lines(look, x), *cuts, reach, *_points(look, x, y), *name_layer(look, x, y), *corner_texts(look))


def _class_lines(look: Theme, x: alt.X) -> list[alt.Chart]:
    """Pale lines where the classes begin, named between the corners' texts and the points."""
    said = {"y": expression("height - 44"), "align": "left", "dx": 4, "color": look.muted}
    rows = part("class")
    return [
        rows.mark_rule(color=look.rule, strokeWidth=1).encode(x=x),
        rows.mark_text(**said, fontSize=size_where(WIDE, NOTE_SIZE)).encode(x=x, text=words("class_text")),
        rows.mark_text(**said, fontSize=size_where(f"!({WIDE})", NOTE_SIZE)).encode(x=x, text=words("class_short")),
    ]


def _colours() -> alt.Scale:
    return alt.Scale(domain=list(PROSPECTS), range=list(PROSPECTS.values()))


def _points(look: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    picked = picking("account_id")
    size = alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=[60, AREAS[1]], zero=True))
    seen = alt.when(picked).then(alt.value(0.8)).otherwise(alt.value(0.12))
    place = {"x": x, "y": y, "size": size, "opacity": seen, "tooltip": _tooltip()}
    points = part("account")
    solid = points.transform_filter("!datum.is_hollow").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer")
    hollow = points.transform_filter("datum.is_hollow").mark_point(filled=False, strokeWidth=1.5, cursor="pointer")
    return [
        solid.encode(**place, fill=alt.Fill(**field("quadrant"), scale=_colours())).add_params(picked),
        hollow.encode(**place, stroke=alt.Stroke(**field("quadrant"), scale=_colours())),
    ]


def _tooltip() -> list[alt.Tooltip]:
    texts = [("account", _("Prospect")), ("quadrant", _("Quadrant")), ("class", _("Class")), ("sentence", labels.metric("intention"))]
    numbers = [("expected_contribution", labels.metric("expected_contribution")), ("open_value", labels.metric("open_value"))]
    return [
        *(alt.Tooltip(field=name, type="nominal", title=title) for name, title in texts),
        *(alt.Tooltip(field=name, type="quantitative", title=title, format=tooltip_format("money")) for name, title in numbers),
        alt.Tooltip(field="basis_text", type="nominal", title=labels.metric("potential_basis")),
    ]
