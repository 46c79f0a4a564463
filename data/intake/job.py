"""An import in a process of its own, so that readers stay quick: what to do goes in as a file, steps and the outcome come out.

    request.json   what to do
    steps.jsonl    one line per step: [fraction, message]
    outcome.json   what came out, or why not; its frames lie beside it as Parquet
    errors.txt     what Python said if the process broke

`python -m data.intake.worker FOLDER` does the work (data/intake/worker.py). A page that is left lets it finish.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from data.errors import DashboardError, ImportRefused
from data.imports.result import ImportResult, Preview
from data.intake import codec
from data.intake.group import Group
from data.language import _

ROOT = Path(__file__).parents[2]
REQUEST, STEPS, OUTCOME, ERRORS = "request.json", "steps.jsonl", "outcome.json", "errors.txt"
SECONDS_BETWEEN_LOOKS = 0.15


@dataclass(frozen=True)
class Request:
    """What a worker does: `step` is look, preview or load. `mapping` is TOML; `answers` are formats by heading."""

    step: str
    paths: tuple[str, ...]
    store: str
    by: str
    language: str = "en"
    currency: str = "EUR"
    sender: str = ""
    mapping: str | None = None
    answers: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Put the request into its folder."""
        (folder / REQUEST).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Request":
        """The request of a folder."""
        held = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
        return cls(**held | {"paths": tuple(held["paths"])})


@dataclass(frozen=True)
class Job:
    """A worker that was started; `folder` is its own."""

    folder: Path
    process: subprocess.Popen

    @classmethod
    def start(cls, folder: Path, request: Request) -> "Job":
        """Start a worker on the request, in an empty folder."""
        folder.mkdir(parents=True)
        request.write(folder)
        with (folder / ERRORS).open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "data.intake.worker", str(folder)],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=os.name == "posix",
            )  # fmt: skip
        return cls(folder, process)

    @property
    def is_running(self) -> bool:
        """Whether the worker still works."""
        return self.process.poll() is None

    def steps(self) -> Iterator[tuple[float, str]]:
        """The latest step as (fraction, message), again and again until the worker has ended."""
        while self.is_running:
            yield self._latest()
            try:
                self.process.wait(SECONDS_BETWEEN_LOOKS)
            except subprocess.TimeoutExpired:
                continue

    def _latest(self) -> tuple[float, str]:
        try:
            lines = (self.folder / STEPS).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            lines = []
        whole = [line for line in lines if line.endswith("]")]
        return tuple(json.loads(whole[-1])) if whole else (0.0, _("Starting"))

    def outcome(self) -> tuple[Group, ...] | Preview | ImportResult:
        """What an ended worker brought. Raises the DashboardError that it met, or ImportRefused if it broke."""
        path = self.folder / OUTCOME
        if not path.exists():
            raise ImportRefused(
                _("The import stopped before its end"),
                _("Its process ended without a result (code {code}). The store is as it was.").format(code=self.process.returncode),
                _("Try again with fewer or smaller files; the server's log has the details."),
            )
        held = json.loads(path.read_text(encoding="utf-8"))
        if "refused" in held:
            raise DashboardError(*held["refused"])
        return codec.decode(held, self.folder)

    def error_text(self) -> str:
        """What the process wrote when it broke, for the server's log."""
        return (self.folder / ERRORS).read_text(encoding="utf-8", errors="replace")
