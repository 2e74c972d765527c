"""Debian's Chromium for measuring, with a profile on disk, so that its caches work as they do for people."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser.conftest import HOME, LAUNCH, QUIET

IS_ACTIVE = """async () => {
  const { active } = await navigator.serviceWorker.ready
  while (active.state !== "activated") await new Promise(done => active.addEventListener("statechange", done))
}"""


@contextmanager
def open_browser() -> Iterator[BrowserContext]:
    """A browser that nobody used before."""
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path="/usr/bin/chromium", args=[*LAUNCH, *QUIET], **HOME
        )
        yield context
        context.close()


def install_worker(page: Page, url: str) -> None:
    """Open an address, and wait until its worker has taken in all that it wants."""
    page.goto(url)
    page.evaluate(IS_ACTIVE)


class Workers:
    """The browser's service workers, to be stopped as a phone stops those that it has not needed for a while."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.running: set[str] = set()
        self.debugger = page.context.new_cdp_session(page)
        self.debugger.on("ServiceWorker.workerVersionUpdated", self._heard)
        self.debugger.send("ServiceWorker.enable")

    def stop(self) -> None:
        """Stop them all, and see them stopped."""
        self.debugger.send("ServiceWorker.stopAllWorkers")
        while self.running:
            self.page.wait_for_timeout(5)  # the events come in meanwhile

    def _heard(self, told: dict[str, Any]) -> None:
        for version in told["versions"]:
            stopped = version["runningStatus"] == "stopped"
            (self.running.discard if stopped else self.running.add)(version["versionId"])
