"""Take a picture of every page: on a phone by day and by night, and on a desk. The README and the manifest show some."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from sync.record import Record
from tests.browser.conftest import HOME, LAUNCH
from tests.browser.device import Device
from tests.browser.every_page import MARA, every_page, filled_journal, full_house
from tests.serving import Serving

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "var" / "pictures"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
LOOKS: dict[str, dict[str, Any]] = {
    "phone-light": {**PHONE, "device_scale_factor": 2},
    "phone-dark": {**PHONE, "device_scale_factor": 2, "color_scheme": "dark"},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
BAR_AT_END = "document.querySelector('.bar')?.style.setProperty('position', 'static')"  # of a long page; it would stand in its middle
# What else a picture is for: in the README one screen of a phone, in the manifest the sizes that it names.
SHOWN = {
    ("phone-light", "today"): "docs/today.png",
    ("phone-light", "practise"): "docs/practise.png",
    ("phone-dark", "rewire-one"): "docs/rewire.png",
    ("phone-dark", "support"): "docs/support.png",
}
MANIFEST = {
    "narrow": PHONE,
    "wide": LOOKS["desktop"],
}


def main() -> None:
    """Fill a journal, sign in on each kind of device, and take the pictures."""
    held = filled_journal()
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        full_house(Path(folder), held) as serving,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=LAUNCH)
        for look, kind in LOOKS.items():
            device = _installed(browser, serving, kind)
            _take_each(device, look, held)
        for name, kind in MANIFEST.items():
            device = _installed(browser, serving, kind)
            device.open("/")
            device.page.screenshot(path=ROOT / f"web/icons/screenshots/{name}.png")
        browser.close()
    print(f"{PICTURES.relative_to(ROOT)} has {len(list(PICTURES.glob('*/*.png')))} pictures")


def _installed(browser: Browser, serving: Serving, kind: dict[str, Any]) -> Device:
    """A device whose own worker shows its pages, and which has the whole journal."""
    device = Device(browser.new_context(**HOME, **kind), serving.url)
    device.sign_in(MARA)
    device.is_installed()
    device.keeps("server")
    return device


def _take_each(device: Device, look: str, held: list[Record]) -> None:
    folder = PICTURES / look
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for place in every_page(held):
        device.open(place.address)
        if shown := SHOWN.get((look, place.name)):
            device.page.screenshot(path=ROOT / shown)
        device.page.evaluate(BAR_AT_END)
        device.page.screenshot(path=folder / f"{place.name}.png", full_page=True)


if __name__ == "__main__":
    main()
