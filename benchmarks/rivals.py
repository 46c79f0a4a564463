"""The environment of the rivals' pages: Dash and Vizro, pinned in benchmarks/rivals.txt, apart from what the product needs."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

PINNED = Path(__file__).parent / "rivals.txt"
FOLDER = Path(".cache/bench")


class NotInstalled(Exception):
    """The rivals' packages cannot be had here; the text says why."""


def python() -> Path:
    """Python of the environment, which is made at first. Raises NotInstalled."""
    folder = (FOLDER / f"rivals-{hashlib.sha256(PINNED.read_bytes()).hexdigest()[:8]}").absolute()
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(folder))
        _run(str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(PINNED))
        (folder / "done").touch()
    return folder / "bin" / "python"


def _run(*command: str) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotInstalled((done.stderr.strip().splitlines() or ["pip failed"])[-1])
