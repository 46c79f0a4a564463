"""Fixtures that every folder of tests shares."""

import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from data.language import use

REAL_DATA_VARIABLE = "CARTERA_REAL_DATA"
REAL_DATA_FOLDER = Path(__file__).parents[2] / "shared" / "data"

# The same examples every time: a verdict can be repeated. `--hypothesis-profile search` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test starts in English, and so do the fixtures that a later module shares: they are made before its first test starts."""
    use("en", "EUR")
    yield
    use("en", "EUR")


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """real_data("maven_crm") → the unpacked folder of a real data set; skips where the sets are not at hand."""
    folder = Path(os.environ.get(REAL_DATA_VARIABLE) or REAL_DATA_FOLDER)
    unpacked: dict[str, Path] = {}

    def find(name: str) -> Path:
        archive = folder / f"{name}.zip"
        if not archive.exists():
            pytest.skip(f"the real data set {name} is not at hand; set {REAL_DATA_VARIABLE} to the folder that has {name}.zip")
        if name not in unpacked:
            unpacked[name] = tmp_path_factory.mktemp(name)
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(unpacked[name])
        return unpacked[name]

    return find
