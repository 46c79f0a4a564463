"""How the goals are measured, as the report ends."""

METHOD = """## How it is measured

- **Stores.** `benchmarks/stores.py` generates a beer distribution inside DuckDB (2,000 distributors with 25 of 120 products each, 3,000
  customers-to-be, 12 regions, 60 salespeople, four years, 300,000 deals with 1.2 M stage events, 23,000 of them open, 64,000 scores) and publishes
  it by the product's own build. The two sizes differ in their order lines only.
- **Goal 1.** The questions of each answer, as the answer asks them for the last year, run twice: on the roll-ups, and with the same SQL
  over `benchmarks/lines_views.sql`, where the macros read the order lines by days and touch each line once. Answers without sales are left out.
- **Goal 2.** The whole answer, its Python included, warm, on both stores in turn, five times for each reading of the order lines.
- **Goals 4 and 5.** Real servers (`uvicorn asgi:app` from the repository; `streamlit run` from an empty folder) and a visitor that speaks
  Streamlit's websocket protocol: from sending the click to `script_finished`. What a browser spends on drawing is not in it.
  Our page is the Overview as it is shipped, with frame, filter bar, five metrics with sparklines, charts, notes and tables; the usual page
  (`benchmarks/usual_page.py`) has five metrics, four Plotly charts and a table, one plain query each on the *same roll-ups*. Cached: the same rerun
  again, `st.cache_data` on the usual page's queries. After a new filter: two regions that no rerun had before, no cache on the usual page;
  ours takes what it can out of the answers for all regions, which its first rerun asked for (`queries/cache.py`), and asks for the rest.
- **Goal 10.** `benchmarks/board.py`: every one of 2,000 accounts sells each of 120 products in each of six months. From an edit to the new
  summary and the sums of accounts, products and months, in the server; what no edit changes (natural sales, growth points) is kept, as a page does.
  Absolute: on a machine that others use it is too long.
- **Goal 3.** In the store that the import of everything has just published, the last month's lines once more under other numbers: read, checked,
  and a generation built. An import builds the next generation whole; there is no smaller refresh to measure.
- **Goal 6.** Ten sessions of that visitor in two processes, each clicking again as soon as its page has come, for eight seconds each, in turn. Ours is
  the Overview with what it has cached, the usual page is uncached. The visitors share the two cores with the server.
- **Goals 7 and 8.** Chromium, a window of 1440 × 900, one script that watches every page alike (`benchmarks/watch.js`): the last moment at
  which an element changed, a canvas was painted, a long task of the browser ended or a frame showed it, after navigation or after the click on
  a region in the open list. Cold: a visitor whose browser has nothing kept, on a server that has had visitors. A new filter: a second region
  that nobody chose beside the first; a filter chosen before: back to the first alone. Dash and Vizro (`benchmarks/dash_page.py`,
  `benchmarks/vizro_page.py`) show what the usual page shows from the same queries, served by gunicorn from an environment of their own
  (`benchmarks/rivals.py`); Vizro's page has no filter. Processor time is that of the page's main thread and of the whole server, until all was quiet.
  Superset is not measured: it would need a metadata base, a dataset and a dashboard of its own to be set up first. What no eye sees is left out:
  the copy of a painted table for readers' aids, which follows a fifth of a second later, and what a list announces to them. Our other large pages
  take the same filters, each in turn with the page in Dash, nine times: the plan's figures are warm ones, and in the first of them the
  browser still compiles the page's scripts.
- **As the plan's machine would take it.** The plan states 100 ms for an answer and 250 ms for a click at 10 million lines, warm, on its own
  machine: an orientation, no goal, as it is no ratio. `benchmarks/plan.py` makes it one by two figures that the plan gives and every run takes
  again: the sum over the order lines (6 ms there), in turn with each answer, and a changed filter in Dash (258 ms there), in turn with each page.
- **Goal 9.** Import and bare read in processes of their own, in turn, two threads each, the start of Python not counted; memory is the
  process's peak.

`python -m benchmarks --lines 200_000` is a quick look (a small and a ten times smaller store); `BENCH_LINES=1_000_000,10_000_000` chooses
two sizes; `python -m benchmarks --only browser` measures a part and prints it. Stores and files stay in `.cache/bench`.""".splitlines()
