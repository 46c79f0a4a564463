"""A growth point says in one sentence why it is one."""

from collections.abc import Mapping

import polars as pl

from data.language import _, format_number, format_percent


def reason(row: Mapping[str, object]) -> str:
    """The sentence of one growth point (its columns: kind, buyers, peers, own_share, peer_share, outlets, rate_of_sale, evidence)."""
    texts = {
        "own": format_percent(row["own_share"], 0), "usual": format_percent(row["peer_share"]), "mine": format_percent(row["own_share"]),
        "buyers": format_number(row["buyers"]), "peers": format_number(row["peers"]), "outlets": format_number(row["outlets"]),
        "reach": format_percent(row["peer_share"], 0), "rate": format_number(row["rate_of_sale"]),
    }  # fmt: skip
    if row["kind"] == "white_space":
        return _("{buyers} of its {peers} peers buy it, for {usual} of their volume; it does not").format(**texts)
    if row["kind"] == "below_peers":
        return _("{buyers} of its {peers} peers buy it, for {usual} of their volume; it gives it {mine}").format(**texts)
    if row["kind"] == "outlets":
        return _("{own} of its {outlets} outlets buy, a good distributor reaches {reach}; an outlet is worth {rate} units in the season").format(**texts)
    if row["evidence"] == "modelled":
        return _("We hold {own} of what an account of its size buys").format(**texts)
    return _("We hold {own} of what it buys; competitors have the rest").format(**texts)


def with_reasons(points: pl.DataFrame) -> pl.DataFrame:
    """The points with their sentences. A plain loop: Polars' own threads don't know the reader's language."""
    return points.with_columns(pl.Series("reason", [reason(row) for row in points.iter_rows(named=True)], dtype=pl.String))
