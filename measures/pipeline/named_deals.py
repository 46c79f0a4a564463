"""The names beside deals that are shown: of accounts, regions and salespeople."""

import polars as pl

from queries.filters import Filters
from queries.runner import Ask

NAMES = ("account_id", "account", "region_id", "region", "salesperson_id", "salesperson")
KEYS = ("opportunity_key", "account_key", "region_key", "salesperson_key")
STATED = {"opportunity_key": pl.Int32, "stated_account_id": pl.String, "stated_salesperson_id": pl.String}


def named(ask: Ask, filters: Filters, deals: pl.DataFrame) -> pl.DataFrame:
    """Rows of queries/pipeline/open_values.sql, with more columns or fewer rows, in their order: NAMES after the id in place of KEYS.

    salesperson is 'another_region', without an id, where the viewer does not see the person.
    """
    # Names of all accounts, regions and people are asked once per generation; names of the deals would be a question about each.
    subjects = ask("pipeline/subjects", filters)
    found = deals
    for names in (ask("pipeline/account_names", filters), _of(subjects, "region"), _of(subjects, "salesperson")):
        found = found.join(names, on=names.columns[0], how="left", maintain_order="left")
    stated = found.join(_stated(ask, filters, found), on="opportunity_key", how="left", maintain_order="left")
    nobody, said = pl.col("salesperson_key") == 0, pl.col("stated_salesperson_id")
    return stated.with_columns(
        pl.coalesce("account_id", "stated_account_id").alias("account_id"),
        pl.when(nobody).then(said).otherwise("salesperson_id").alias("salesperson_id"),
        pl.when(nobody).then(said).otherwise(pl.col("salesperson").fill_null("another_region")).alias("salesperson"),
    ).select("opportunity_id", *NAMES, pl.exclude("opportunity_id", *NAMES, *KEYS, *STATED))  # fmt: skip


def _of(subjects: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Key, id and name of the regions or of the people."""
    return subjects.filter(pl.col("breakdown") == kind).select(
        pl.col("subject_key").alias(f"{kind}_key"), pl.col("subject_id").alias(f"{kind}_id"), pl.col("subject").alias(kind)
    )


def _stated(ask: Ask, filters: Filters, found: pl.DataFrame) -> pl.DataFrame:
    """What the deals themselves say, of those whose account or salesperson is unknown or out of sight."""
    unknown = found["opportunity_key"].filter(found["account_id"].is_null() | (found["salesperson_key"] == 0))
    return pl.DataFrame(schema=STATED) if unknown.is_empty() else ask("pipeline/deal_names", filters, deals=unknown.to_list())
