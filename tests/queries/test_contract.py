"""The SQL contract over every file under queries/: one question, stated in a header, that reads only what is visible or filtered."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from queries.filters import PARAMETERS

FOLDER = Path(__file__).parents[2] / "queries"
FILES = sorted(FOLDER.rglob("*.sql"))
HEADINGS = ("Question:", "Grain:", "Columns:", "Caveats:")
MOST_LINES = 80
ALLOWED_PREFIXES = ("visible_", "filtered_")
TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series"})


def header(text: str) -> str:
    """The comment lines at the top."""
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return "\n".join(lines[:end])


def syntax_tree(text: str) -> dict:
    """DuckDB's own syntax tree of a SELECT; parameters are written as null, for the serialiser takes none."""
    bare = re.sub(r"\$\w+", "null", text)
    tree = json.loads(duckdb.execute("select json_serialize_sql(?)", [bare]).fetchall()[0][0])
    assert not tree["error"], tree
    return tree


def nodes(tree: object) -> list[dict]:
    """Every object of the tree."""
    if isinstance(tree, list):
        return [node for item in tree for node in nodes(item)]
    if isinstance(tree, dict):
        return [tree, *(node for value in tree.values() for node in nodes(value))]
    return []


def forbidden_reads(text: str) -> set[str]:
    """The names that a question reads and must not: anything but its own CTEs, visible_* and filtered_*."""
    found = nodes(syntax_tree(text))
    own = {entry["key"] for node in found if "cte_map" in node for entry in node["cte_map"]["map"]}
    tables = {
        ".".join(part for part in (node["catalog_name"], node["schema_name"], node["table_name"]) if part)
        for node in found
        if node.get("type") == "BASE_TABLE"
    }
    functions = {node["function"]["function_name"] for node in found if node.get("type") == "TABLE_FUNCTION"}
    read = (tables - own) | (functions - TABLE_FUNCTIONS)
    return {name for name in read if not name.startswith(ALLOWED_PREFIXES) or "." in name}


@pytest.fixture(params=FILES, ids=[str(path.relative_to(FOLDER).with_suffix("")) for path in FILES])
def sql(request: pytest.FixtureRequest) -> str:
    return request.param.read_text(encoding="utf-8")


def test_there_are_questions() -> None:
    assert len(FILES) > 10


def test_a_file_is_one_select(sql: str) -> None:
    statements = duckdb.extract_statements(sql)
    assert [statement.type.name for statement in statements] == ["SELECT"]


def test_the_header_states_question_grain_columns_and_caveats(sql: str) -> None:
    stated = header(sql)
    missing = [heading for heading in HEADINGS if not re.search(rf"^-- {heading} \S", stated, re.MULTILINE)]
    assert not missing


def test_a_file_has_at_most_80_lines(sql: str) -> None:
    assert len(sql.splitlines()) <= MOST_LINES


def test_parameters_are_filters_or_explained_in_the_header(sql: str) -> None:
    stated = header(sql)
    used = set(duckdb.extract_statements(sql)[0].named_parameters)
    explained = {name for name in used - PARAMETERS if re.search(rf"\b{name}\b", stated)}
    assert used <= PARAMETERS | explained


def test_keywords_are_lower_case(sql: str) -> None:
    code = re.sub(r"--[^\n]*|'[^']*'", "", sql)
    assert not re.findall(r"\b[A-Z]{2,}\b", code)


def test_a_question_reads_only_what_is_visible_or_filtered(sql: str) -> None:
    assert forbidden_reads(sql) == set()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("select * from store.order_lines", {"store.order_lines"}),
        ("with lines as (select * from store.main.order_lines) select * from lines", {"store.main.order_lines"}),
        ("select (select max(sold_on) from store.order_lines) from visible_accounts", {"store.order_lines"}),
        ("select * from visible_accounts where account_key in (select account_key from order_lines)", {"order_lines"}),
        ("select * from edge_sales(null, null)", {"edge_sales"}),
        ("select * from read_csv('/etc/passwd')", {"read_csv"}),
        ("select * from store.visible_accounts", {"store.visible_accounts"}),
        ("with a as (select 1), b as (select * from a) select * from b cross join unnest([1])", set()),
        ("select * from filtered_accounts(null, $account_ids)", set()),
    ],
)
def test_the_check_of_reads_would_notice(text: str, read: set[str]) -> None:
    assert forbidden_reads(text) == read
