"""What a start gets ready for the first visitor."""

import os
import subprocess
import sys

from data.place import STORE_VARIABLE
from data.store import Store
from tests.pages.conftest import ROOT

FIRST_VISIT = """
import sys, asgi
asgi.ready_first_page()
ready = set(sys.modules)
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("dashboard.py", default_timeout=600).run()
assert len(page.metric) == 5 and not page.exception
ours = ("pages.", "charts.", "measures.", "queries.", "data.")
print(sorted(name for name in set(sys.modules) - ready if name.startswith(ours)), "scipy" in sys.modules, "pandas" in sys.modules)
"""


def test_the_first_page_finds_its_modules_imported_and_waits_for_nothing_that_only_others_need(three_tables: Store) -> None:
    process = [sys.executable, "-c", FIRST_VISIT]
    said = subprocess.run(process, cwd=ROOT, env={**os.environ, STORE_VARIABLE: str(three_tables.root)}, capture_output=True, text=True)
    assert said.stdout.strip().splitlines()[-1:] == ["[] False False"], said.stderr


STOP = """
import asyncio, asgi
async def visit():
    async with asgi.warm_up(None):
        asgi.ready_other_pages()
asyncio.run(visit())
asgi.Store.at().reader()
"""


def test_whoever_stops_the_server_is_told_nothing_of_what_it_held(three_tables: Store) -> None:
    process = [sys.executable, "-c", STOP]
    said = subprocess.run(process, cwd=ROOT, env={**os.environ, STORE_VARIABLE: str(three_tables.root)}, capture_output=True, text=True)
    assert (said.returncode, "leaked" in said.stdout + said.stderr) == (0, False), said.stderr
