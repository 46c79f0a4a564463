"""Territories: whether work and potential are shared fairly, and what moving an account would change (methods.md section 8)."""

import polars as pl

from measures.typed import typed

BALANCED, OVER, UNDER, LEADS = "balanced", "over", "under", "leads_others"

TERRITORIES_SCHEMA = {
    "salesperson_id": pl.String, "salesperson": pl.String, "role": pl.String, "region_id": pl.String, "region": pl.String,
    "is_leader": pl.Boolean, "accounts": pl.Int64, "net_sales": pl.Float64,
    "workload": pl.Float64, "workload_index": pl.Float64, "potential": pl.Float64, "potential_index": pl.Float64,
    "is_flagged": pl.Boolean, "status": pl.String,
}  # fmt: skip
MEASURES = ("workload", "potential")
MOVE_SCHEMA = {
    "salesperson_id": pl.String, "salesperson": pl.String, "side": pl.String, "accounts_before": pl.Int64, "accounts_after": pl.Int64,
    **{f"{name}_{when}": pl.Float64 for name in (*MEASURES, "workload_index", "potential_index") for when in ("before", "after")},
    "status_before": pl.String, "status_after": pl.String,
}  # fmt: skip


def territories(accounts: pl.DataFrame, band: float) -> pl.DataFrame:
    """One row per owner of `accounts`, the largest workload first, by TERRITORIES_SCHEMA.

    `accounts` [account_id, salesperson_id, salesperson, role, is_leader, region_id, region, net_sales, calls_needed, potential]. An
    index is value ÷ mean − 1 over those who lead nobody; who leads others has no index. Flagged: workload or potential beyond ±band.
    """
    owned = accounts.filter(pl.col("salesperson_id").is_not_null())
    first = ("salesperson", "role", "region_id", "region", "is_leader")
    # In the accounts' order: a mean's last digits depend on the order of what it is made of.
    sums = owned.group_by("salesperson_id", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().mode().sort().first().alias(name) for name in first),
        pl.len().alias("accounts"), pl.col("net_sales").sum(), pl.col("calls_needed").sum().alias("workload"), pl.col("potential").sum(),
    )  # fmt: skip
    sellers = sums.filter(~pl.col("is_leader"))
    indexed = sums.with_columns(_index(name, sellers[name].mean()).alias(f"{name}_index") for name in MEASURES)
    judged = indexed.with_columns(_status(band).alias("status"), _is_flagged(band).alias("is_flagged"))
    return judged.select(typed(TERRITORIES_SCHEMA)).sort(
        ["workload", "salesperson_id"], descending=[True, False]
    )


def move_account(accounts: pl.DataFrame, account_id: str, to_salesperson_id: str, band: float) -> pl.DataFrame:
    """Both territories before and after the account goes to that salesperson: `from` and `to`, by MOVE_SCHEMA.

    Nothing is changed: a new frame is judged. Empty where the account has no owner, or is theirs already, or one of the two is unknown.
    A territory that would have no account left is shown with zeros.
    """
    before = territories(accounts, band)
    owner = accounts.filter(pl.col("account_id") == account_id)["salesperson_id"]
    people = before.select("salesperson_id", "salesperson", "role", "is_leader")
    taker = people.filter(pl.col("salesperson_id") == to_salesperson_id)
    if owner.is_empty() or owner[0] in (None, to_salesperson_id) or taker.is_empty():
        return pl.DataFrame(schema=MOVE_SCHEMA)
    is_moved = pl.col("account_id") == account_id
    changes = [pl.when(is_moved).then(pl.lit(taker[name][0])).otherwise(pl.col(name)).alias(name) for name in taker.columns]
    after = territories(accounts.with_columns(changes), band)
    sides = pl.DataFrame({"salesperson_id": [owner[0], to_salesperson_id], "side": ["from", "to"]})
    joined = sides.join(before, on="salesperson_id", how="left", maintain_order="left").join(
        after, on="salesperson_id", how="left", suffix="_new", maintain_order="left"
    )
    return joined.select(
        "salesperson_id", "salesperson", "side",
        *(part for name in ("accounts", *MEASURES, "workload_index", "potential_index", "status") for part in _both(name)),
    ).select(typed(MOVE_SCHEMA))  # fmt: skip


def movable(accounts: pl.DataFrame, found: pl.DataFrame, most: int = 2_000) -> pl.DataFrame:
    """The accounts that could be moved [account_id, account, salesperson_id]: of the fullest territory first, the most work first."""
    work = found.filter(~pl.col("is_leader")).select("salesperson_id", "workload")
    owned = accounts.filter(pl.col("net_sales") > 0).join(work, on="salesperson_id", how="inner")
    ordered = owned.sort(["workload", "salesperson_id", "calls_needed", "potential"], descending=[True, False, True, True])
    return ordered.select("account_id", "account", "salesperson_id").head(most)


def takers(found: pl.DataFrame, owner: str) -> pl.DataFrame:
    """Who could take an account of that owner [salesperson_id, salesperson]: the owner's region first, the least loaded first."""
    home = found.filter(pl.col("salesperson_id") == owner)["region_id"].first()
    others = found.filter(pl.col("salesperson_id") != owner, ~pl.col("is_leader"))
    near = pl.col("region_id").eq_missing(pl.lit(home)).alias("is_near")
    ordered = others.with_columns(near).sort(["is_near", "workload", "salesperson_id"], descending=[True, False, False])
    return ordered.select("salesperson_id", "salesperson")


def _both(name: str) -> list[pl.Expr]:
    after = pl.col(f"{name}_new").fill_null(0) if name in ("accounts", *MEASURES) else pl.col(f"{name}_new")
    return [pl.col(name).alias(f"{name}_before"), after.alias(f"{name}_after")]


def _index(name: str, mean: float | None) -> pl.Expr:
    if not mean:
        return pl.lit(None, pl.Float64)
    return pl.when(~pl.col("is_leader")).then(pl.col(name) / mean - 1)


def _beyond(name: str, band: float) -> pl.Expr:
    # 115 ÷ 100 − 1 is a little under 0.15 in floats: the edge itself is fair.
    return pl.col(f"{name}_index").abs().fill_null(0.0) > band + 1e-9


def _is_flagged(band: float) -> pl.Expr:
    return pl.any_horizontal(_beyond(name, band) for name in MEASURES)


def _status(band: float) -> pl.Expr:
    """By workload: over, under or balanced; who leads others is not judged."""
    over = pl.when(_beyond("workload", band) & (pl.col("workload_index") > 0)).then(pl.lit(OVER))
    return pl.when("is_leader").then(pl.lit(LEADS)).otherwise(over.when(_beyond("workload", band)).then(pl.lit(UNDER)).otherwise(pl.lit(BALANCED)))
