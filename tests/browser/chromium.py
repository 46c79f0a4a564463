"""Chromium for the browser tests: found, else installed where a package manager can, else the one line to type is said.

    python -m tests.browser.chromium
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = (("apt-get", "apt-get update -qq && apt-get install -y -qq chromium"), ("dnf", "dnf install -y -q chromium"), ("brew", "brew install --cask chromium"))


def path() -> str | None:
    """Where Chromium is: the environment's CHROMIUM, else the first of the usual names on the path, else None."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


def install() -> None:
    """Install Chromium where this user may; else say the line to type."""
    for manager, command in INSTALL:
        if not shutil.which(manager):
            continue
        if manager == "brew" or os.geteuid() == 0:
            subprocess.run(["sh", "-c", command], check=False, stdout=subprocess.DEVNULL)
            return
        print(f"The browser tests need Chromium. Type: sudo sh -c '{command}'", file=sys.stderr)
        return
    print("The browser tests need Chromium: install it and set CHROMIUM to its path.", file=sys.stderr)


if __name__ == "__main__":
    if path() is None:
        install()
    if path() is None:
        print("Chromium is not installed: the browser tests will be skipped.", file=sys.stderr)
