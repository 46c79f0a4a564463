"""What a person does at the screen, in words."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

IDLE = (
    '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
    ':not(:has([data-stale="true"])):not(:has([data-testid="stSkeleton"])):not(:has([data-testid="stAppSkeleton"]))'
)
SECONDS = 60
SAID = 2000
"""Letters of a page that a failure quotes."""


@dataclass
class Screen:
    """A page of the browser. Waiting is for what is to be seen, never for time."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Go to an address and wait until it is drawn."""
        self.page.goto(address, timeout=SECONDS * 1000)
        self.settle()

    def settle(self) -> None:
        """Wait until the app has nothing more to do."""
        expect(self.page.locator(IDLE)).to_have_count(1, timeout=SECONDS * 1000)

    def drawn(self) -> None:
        """Wait until the browser has drawn what it knows: two frames."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def sees(self, text: str) -> None:
        """Wait until a text is to be seen. Fails with the page's words, not with its whole tree."""
        try:
            self.page.get_by_text(text).first.wait_for(timeout=SECONDS * 1000)
        except PlaywrightTimeout:
            words = " | ".join(self.page.locator('[data-testid="stMain"]').inner_text().split("\n"))
            pytest.fail(f"not seen within {SECONDS} s: {text!r}. The page says: {words[:SAID]}")

    def press(self, label: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=label, exact=True).first.click()

    def filter_region(self, region: str, region_id: str) -> None:
        """Choose a region in the filter bar, and wait until the page shows it."""
        self.page.locator(".st-key-chip_region button").first.click()
        self.page.locator(".st-key-filter_region input").fill(region)
        self.page.get_by_role("option", name=region).click()
        self.page.wait_for_url(f"**region={region_id}**", timeout=SECONDS * 1000)
        self.settle()

    def upload(self, *files: Path) -> None:
        """Give files to the page's upload."""
        self.page.locator('input[type="file"]').first.set_input_files([str(file) for file in files])

    def metric(self, label: str) -> str:
        """A metric's value."""
        return self._metric(label).locator('[data-testid="stMetricValue"]').inner_text().strip()

    def _metric(self, label: str) -> Locator:
        name = self.page.locator('[data-testid="stMetricLabel"]', has_text=label)
        return self.page.locator('[data-testid="stMetric"]', has=name).first

    @property
    def title(self) -> str:
        """The page's finding."""
        return self.page.locator('[data-testid="stMain"] h2').first.inner_text().strip()

    @property
    def has_broken(self) -> bool:
        """Whether a stack trace or an error box is shown."""
        return self.page.locator('[data-testid="stException"]').count() > 0
