"""Take the pictures that the manifest and the README show, of an invented journal."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import HOME, LAUNCH
from tests.browser.device import PASSPHRASE, Device
from tests.serving import Serving

PICTURES = Path(__file__).parents[1] / "web" / "icons" / "screenshots"
MARA = "mara@example.org"

KINDS: dict[str, Any] = {
    "narrow": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "wide": {"viewport": {"width": 1280, "height": 800}},
}


def main() -> None:
    """Fill a journal, sign in on each kind of device and take a picture of Today."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        serving = Serving(Path(folder))
        serving.run("account", "add", MARA, typed=PASSPHRASE)
        serving.run("demo", MARA)
        with serving:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=LAUNCH)
            for name, kind in KINDS.items():
                take(browser, serving, name, kind)
            browser.close()


def take(browser: Browser, serving: Serving, name: str, kind: dict[str, Any]) -> None:
    """One picture, as the phone's own worker shows the page."""
    device = Device(browser.new_context(**HOME, **kind), serving.url)
    device.sign_in(MARA)
    device.is_installed()
    device.keeps("server")
    device.open("/")
    device.shows("Going quiet in groups")
    device.page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
