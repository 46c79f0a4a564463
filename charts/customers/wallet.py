"""Share of wallet against upcoming volume: one point per account, the cuts drawn, each corner with its strategy, count and money.

More is coming to the right, more of the wallet is ours further up. A point's area is what is still to be won; a hollow point's wallet is
modelled. The ten with the most to win are named, with the range of their share. Click selects an account.
"""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.corners import corner_texts, upright
from charts.customers.quadrants import BOX
from charts.marks import field, part, picking, value_axis
from charts.named import AREAS, HEIGHT, WIDTH, name_layer, spots
from charts.theme import Theme, tooltip_format
from data.language import _, format_money_compact, format_number, ngettext
from measures.customers.wallet import MODELLED

LARGEST = 10
MOST = 5_000
PADDING = 46
SIDES = {"defend": (True, False), "develop": (True, True), "keep_contact": (False, False), "acquire": (False, True)}
"""Whether a strategy's corner lies right, and whether it lies low."""


def wallet(
    accounts: pl.DataFrame,
    *,
    share_cut: float,
    upcoming_cut: float | None,
    strategies: pl.DataFrame,
    theme: str = "light",
    finding: str = "",
    height: int = 520,
) -> Chart:
    """Scatter of `accounts` [account_id, account, share, share_high, upcoming, headroom, wallet, tag, strategy].

    `strategies` [strategy, accounts, headroom] fills the corners. Accounts without a share or without any purchase of us are left
    out; of more than 5,000 those with the most to win are drawn. The selection "picked" carries account_id, a drawn box the ends of both axes.
    """
    placed = _placed(accounts)
    cuts = pl.DataFrame(
        {"part": ["share_cut", "upcoming_cut"], "share": [share_cut, None], "upcoming": [None, upcoming_cut]},
        schema={"part": pl.String, "share": pl.Float64, "upcoming": pl.Float64},
    )
    names = spots(placed, LARGEST, _pixels(placed), ("account_id", "account", "share", "upcoming"))
    ranges = placed.head(LARGEST).with_columns(pl.lit("range").alias("part"))
    return Chart(_spec(theme), pl.concat([placed, ranges, cuts, _corners(strategies), names], how="diagonal_relaxed"), finding, height, "picked", BOX)


def _placed(accounts: pl.DataFrame) -> pl.DataFrame:
    chosen = accounts.filter(pl.col("share").is_not_null(), (pl.col("own") > 0) | (pl.col("upcoming") > 0))
    chosen = chosen.sort("headroom", descending=True, nulls_last=True).head(MOST)
    tags = {tag: labels.label(tag) for tag in chosen["tag"].unique()}
    plans = {code: labels.label(code) for code in SIDES}
    return chosen.select(
        pl.lit("account").alias("part"), "account_id", "account", "strategy", "share", "share_high", "upcoming", "headroom", "wallet",
        pl.col("strategy").replace_strict(plans, return_dtype=pl.String).alias("strategy_text"),
        pl.col("tag").replace_strict(tags, return_dtype=pl.String).alias("tag_text"),
        (pl.col("tag") == MODELLED).alias("is_hollow"), pl.col("headroom").clip(lower_bound=0).alias("area"),
    )  # fmt: skip


def _pixels(placed: pl.DataFrame):
    """Where a row stands: the square root of its volume from left to right, its share upwards."""
    most = placed["upcoming"].max() or 1.0
    return lambda row: (WIDTH * (row["upcoming"] / most) ** 0.5, HEIGHT * (1 - row["share"]))


def _corners(strategies: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame([_corner(row) for row in strategies.iter_rows(named=True)])


def _corner(row: dict[str, object]) -> dict[str, object]:
    right, low = SIDES[row["strategy"]]
    count = ngettext("{n} account", "{n} accounts", row["accounts"]).format(n=format_number(row["accounts"]))
    money = _("{money} to win").format(money=format_money_compact(row["headroom"]))
    short = f"{format_number(row['accounts'])} · {format_money_compact(row['headroom'])}"
    return {"part": "corner", "corner": labels.label(row["strategy"]), "corner_text": f"{count} · {money}", "corner_short": short, "right": right, "low": low}


@authored
def _spec(look: Theme) -> alt.LayerChart:
    x = alt.X(
        **field("upcoming", "quantitative", title=labels.axis_title("upcoming")),
        scale=alt.Scale(type="sqrt", nice=False, padding=24), axis=value_axis(grid=False),
    )  # fmt: skip
    y = alt.Y(
        **field("share", "quantitative", title=labels.axis_title("share_of_wallet")),
        scale=alt.Scale(domain=[0, 1], padding=PADDING), axis=alt.Axis(format=".0%", tickCount=5, grid=False),
    )  # fmt: skip
    picked, box = picking("account_id"), alt.selection_interval(name=BOX, encodings=["x", "y"])
    rule = {"color": look.ink, "strokeWidth": 1, "strokeDash": [5, 3]}
    lines = [upright(part("upcoming_cut").mark_rule(**rule), x), part("share_cut").mark_rule(**rule).encode(y=y)]
    reach = part("range").mark_rule(color=look.muted, strokeWidth=1).encode(x=x, y=y, y2=alt.Y2(field="share_high"))
    return alt.layer(*lines, reach, *_points(look, x, y, picked, box), *name_layer(look, x, y), *corner_texts(look))


def _points(look: Theme, x: alt.X, y: alt.Y, picked: alt.Parameter, box: alt.Parameter) -> list[alt.Chart]:
    """What is to be developed stands out; the rest is grey."""
    size = alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=list(AREAS), zero=True))
    seen = alt.when(picked & box).then(alt.value(0.85)).otherwise(alt.value(0.1))
    place = {"x": x, "y": y, "size": size, "opacity": seen, "tooltip": _tooltip()}
    colour = alt.Scale(domain=list(SIDES), range=[look.actual, look.accent, look.previous, look.previous])
    solid = part("account").transform_filter("!datum.is_hollow").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer")
    hollow = part("account").transform_filter("datum.is_hollow").mark_point(filled=False, strokeWidth=1.5, cursor="pointer")
    return [
        solid.encode(**place, fill=alt.Fill(**field("strategy"), scale=colour)).add_params(picked, box),
        hollow.encode(**place, stroke=alt.Stroke(**field("strategy"), scale=colour)),
    ]


def _tooltip() -> list[alt.Tooltip]:
    texts = [("account", _("Account")), ("strategy_text", _("Strategy")), ("tag_text", _("Wallet is"))]
    numbers = [
        ("share", labels.metric("share_of_wallet"), "rate"), ("share_high", _("Share at most"), "rate"), ("wallet", labels.metric("wallet"), "money"),
        ("headroom", labels.metric("wallet_headroom"), "money"), ("upcoming", labels.metric("upcoming"), "money"),
    ]  # fmt: skip
    return [
        *(alt.Tooltip(field=name, type="nominal", title=title) for name, title in texts),
        *(alt.Tooltip(field=name, type="quantitative", title=title, format=tooltip_format(unit)) for name, title, unit in numbers),
    ]
