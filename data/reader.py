"""Read-only readers of a generation: what every question is asked of, with the viewer's rows and no others."""

import threading
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path

import duckdb

from data.access import Viewer
from data.errors import StoreDamaged
from data.language import _

LAYOUT = 10
"""What data/schema.sql and data/marts/ make. older_layouts/<layout>.sql makes what that layout lacked beside the next one."""
SCOPE = Path(__file__).parent / "scope.sql"
VIEWS = tuple(Path(__file__).parent / "views" / f"{topic}.sql" for topic in ("visible", "filters", "sales", "facts"))
"""What questions may ask, in the order in which it is made: each rests on those before it."""
OLDER_LAYOUTS = Path(__file__).parent / "older_layouts"
SHORT_FORMS = Path(__file__).parent / "short_forms.sql"


class Reader:
    """One generation, attached read-only to an instance in memory that is sandboxed and locked.

    Several threads share a reader; each takes its own cursor.
    """

    def __init__(self, path: Path, number: int) -> None:
        self.number = number
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as store (read_only)")
        layout = self._connection.execute("select layout from store.generation").fetchall()[0][0]
        older = [OLDER_LAYOUTS / f"{number:03d}.sql" for number in range(layout, LAYOUT)]
        if layout > LAYOUT or not all(script.is_file() for script in older):
            raise StoreDamaged(
                _("The store was made by another version"),
                _("Generation {n} has layout {found}; this version reads layout {known}.").format(
                    n=number, found=layout, known=LAYOUT
                ),
                _("Import your files again, or use the version that made it."),
            )
        for script in (SCOPE, *older, *VIEWS, SHORT_FORMS):
            for statement in duckdb.extract_statements(script.read_text(encoding="utf-8")):
                self._connection.execute(statement)
        for setting in (
            "set threads = 2",
            "set memory_limit = '4GB'",
            "set enable_external_access = false",
            "set autoinstall_known_extensions = false",
            "set autoload_known_extensions = false",
            "set python_enable_replacements = false",
            "set lock_configuration = true",
        ):
            self._connection.execute(setting)

    @cached_property
    def as_of(self) -> date:
        """The last day that the data reach."""
        return self._connection.cursor().execute("select as_of from store.generation").fetchall()[0][0]

    @cached_property
    def first_sold_on(self) -> date | None:
        """The first day with a sale."""
        return self._connection.cursor().execute("select first_sold_on from store.generation").fetchall()[0][0]

    @cached_property
    def years_begin_in(self) -> int | None:
        """The calendar month in which the years of the roll-up of years begin; None without one."""
        return self._connection.cursor().execute("select extract(month from min(month)) from account_product_years").fetchall()[0][0]

    @cached_property
    def built_at(self) -> datetime:
        """When the generation was built: with its number it tells one store from another made anew in the same folder."""
        return self._connection.cursor().execute("select built_at from store.generation").fetchall()[0][0]

    @cached_property
    def _region_keys(self) -> dict[str, tuple[int, ...]]:
        rows = (
            self._connection.cursor()
            .execute(
                """select regions.region_id, list(tree.region_key order by tree.depth)
                from store.region_tree as tree
                inner join store.regions as regions on regions.region_key = tree.ancestor_key
                group by all"""
            )
            .fetchall()
        )
        return {region_id: tuple(keys) for region_id, keys in rows}

    @cached_property
    def _all_region_keys(self) -> tuple[int, ...]:
        return (0, *sorted({key for keys in self._region_keys.values() for key in keys}))

    def region_ids(self) -> frozenset[str]:
        """The ids of all regions of this generation."""
        return frozenset(self._region_keys)

    def scope_keys(self, viewer: Viewer) -> tuple[int, ...]:
        """The region keys whose rows the viewer sees: a region brings the regions under it; 0 stands for rows of no region."""
        if viewer.region_ids is None:
            return self._all_region_keys
        return tuple(sorted({key for region in viewer.region_ids for key in self._region_keys.get(region, ())}))

    def region_keys(self, viewer: Viewer, region_ids: Iterable[str]) -> tuple[int, ...]:
        """The keys of regions that the viewer sees, with those under them that they see."""
        scope = set(self.scope_keys(viewer))
        trees = (self._region_keys[region] for region in region_ids if region in self._region_keys)
        # A region is the first of its own tree.
        return tuple(sorted({key for tree in trees if tree[0] in scope for key in tree if key in scope}))

    def region_ids_under(self, viewer: Viewer, region_ids: Iterable[str]) -> list[str]:
        """The ids of regions that the viewer sees, with those under them that they see."""
        keys = set(self.region_keys(viewer, region_ids))
        return [region_id for region_id, tree in self._region_keys.items() if tree[0] in keys]

    def cursor_for(self, viewer: Viewer, *, personal: bool = False) -> duckdb.DuckDBPyConnection:
        """A cursor that sees the viewer's rows through `visible_*` and `filtered_*`. queries/cursors.py keeps them.

        `personal`: with people's restricted fields, for a viewer whose role may see them; to anybody else they are null all the same.
        """
        cursor = self._connection.cursor()
        cursor.execute("set variable visible_region_keys = $keys::integer[]", {"keys": list(self.scope_keys(viewer))})
        if personal and viewer.sees_personal:
            cursor.execute("set variable sees_personal = true")
        return cursor


_opening = threading.Lock()


def open_reader(path: Path, number: int) -> Reader:
    """The reader of the generation in this file, the same one as long as the file is."""
    # The file's identity belongs to the key: a store that was deleted and made anew has the same path.
    with _opening:
        return _cached_reader(path, number, path.stat().st_ino, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _cached_reader(path: Path, number: int, inode: int, changed: int) -> Reader:
    return Reader(path, number)
