"""Deals, their stages, and the prospects behind them."""

from datetime import date

import polars as pl

from tests.data.demo import Tables


def test_deals_begin_as_leads_and_end_with_their_closing_day(tables: Tables):
    deals, events = tables["opportunities"], tables["stage_events"].sort("opportunity_id", "entered_on")
    ways = events.group_by("opportunity_id", maintain_order=True).agg(pl.col("stage"), pl.col("entered_on"))
    joined = deals.join(ways, on="opportunity_id")
    assert joined.height == deals.height
    assert (joined["stage"].list.first() == "lead").all()
    assert (joined["entered_on"].list.first() == joined["created_on"]).all()
    is_closed = joined["stage"].list.last().is_in(["won", "lost"])
    assert (is_closed == joined["closed_on"].is_not_null()).all()
    assert (joined.filter(is_closed)["entered_on"].list.last() == joined.filter(is_closed)["closed_on"]).all()
    assert (
        joined.filter(joined["stage"].list.last() != "lost")["lost_reason"].null_count()
        == joined.filter(joined["stage"].list.last() != "lost").height
    )


def test_the_pipeline_has_skips_reentries_open_and_stale_deals(tables: Tables):
    ways = tables["stage_events"].group_by("opportunity_id").agg(pl.col("stage"), pl.col("entered_on").max())
    won = ways.filter(pl.col("stage").list.contains("won"))
    is_open = ~pl.col("stage").list.contains("won") & ~pl.col("stage").list.contains("lost")
    assert won.filter(~pl.col("stage").list.contains("proposal")).height > 20
    assert ways.filter(pl.col("stage").list.len() > pl.col("stage").list.n_unique()).height > 50
    assert 200 < ways.filter(is_open).height < 900
    assert ways.filter(is_open & (pl.col("entered_on") < date(2026, 1, 1))).height > 40


def test_prospects_have_scores_and_deals_but_no_lines_and_no_deal_won(tables: Tables):
    prospects = tables["accounts"].filter(pl.col("account_id").str.starts_with("L-"))["account_id"].implode()
    won = tables["stage_events"].filter(pl.col("stage") == "won")["opportunity_id"].implode()
    own = tables["opportunities"].filter(pl.col("account_id").is_in(prospects))
    assert own.filter(pl.col("opportunity_id").is_in(won)).height == 0
    scored = tables["prospect_scores"].filter(pl.col("account_id").is_in(prospects))
    assert scored["account_id"].n_unique() == 180 and scored["indicator"].n_unique() == 8


def test_every_new_buyer_was_won_before_its_first_order(tables: Tables, truth: pl.DataFrame):
    new = truth.filter(pl.col("pattern") == "new")
    won = tables["stage_events"].filter(pl.col("stage") == "won").join(tables["opportunities"], on="opportunity_id")
    first = won.join(new, on="account_id").group_by("account_id").agg((pl.col("closed_on") < pl.col("first_month")).any())
    assert first.height == 40 and first["closed_on"].all()
