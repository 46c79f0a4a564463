"""The demo brewery, published into a store with its users."""

from data import records
from data.access import Viewer
from data.demo import demo_tables
from data.demo.universe import universe_statements
from data.imports import workplace
from data.imports.frames import publish_frames
from data.imports.ticker import Progress, silent
from data.journal import LOCAL_EMAIL, Journal
from data.store import Store

SENDER = "demo"


def publish_demo(store: Store, lines: int = 250_000, seed: int = 7, progress: Progress = silent) -> int:
    """Publish the demo as the store's next generation, with a lead for each region among the users; its number."""
    tables = demo_tables(lines, seed)
    with workplace.alone(store):
        number = publish_frames(store, tables, SENDER, progress)
    journal = Journal(store.journal_path)
    for region in tables["regions"].iter_rows(named=True):
        email = f"lead.{region['region_id'].lower()}@cartera.example"
        journal.save_user(Viewer(email, region["region"], "lead", (region["region_id"],)), by=LOCAL_EMAIL)
    if not records.all_records(journal, records.UNIVERSE):
        for region_id, content in universe_statements(seed, tables["accounts"]):
            records.add(journal, records.UNIVERSE, region_id, content, by=LOCAL_EMAIL)
    journal.record_import(number, "demo", {"lines": lines, "seed": seed}, by=LOCAL_EMAIL)
    return number
