from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from sync.record import Record
from tests.browser.ceremonies import ADD, NAME, Ceremonies, Two
from tests.browser.device import Device
from tests.browser.every_page import filled_journal, full_house
from tests.server.house import MARA, TEO
from tests.serving import Serving

LAUNCH = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
QUIET = ["--disable-background-networking", "--disable-component-update"]  # no requests but the tests' own
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
# Whose worker answers, and who is answered by the server alone.
HOSTS: dict[str, dict[str, Any]] = {"phone": {}, "server": {"service_workers": "block"}}
HOME: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/Madrid"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Until a module's end: Playwright's event loop must be gone before the next asyncio test."""
    executable = which("chromium")
    assert executable, "Chromium is missing; `make test` installs it on Debian"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*LAUNCH, *QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def held() -> list[Record]:
    """What Mara has written, for whoever walks over every page."""
    return filled_journal()


@pytest.fixture(scope="module")
def module_folder(tmp_path_factory: pytest.TempPathFactory, shell: Path) -> Path:
    """A data folder for a module's tests together, with nothing in it but the compiled shell."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "shell").symlink_to(shell)
    return folder


@pytest.fixture(scope="module")
def house(module_folder: Path, held: list[Record]) -> Iterator[Serving]:
    """A running server with Mara's journal, for a module's tests together."""
    with full_house(module_folder, held) as serving:
        yield serving


@pytest.fixture(scope="module")
def two(browser: Browser, module_folder: Path) -> Iterator[Two]:
    """Mara and Teo, whose passkeys a module's tests ask for."""
    serving = Serving(module_folder)
    serving.url = serving.environment["UNLEARN_PUBLIC_URL"] = f"http://{NAME}:{serving.port}"
    with serving, open_devices(browser, serving) as new_device:
        mara, teo = (Ceremonies(new_device(**HOSTS["server"]), email) for email in (MARA, TEO))
        for each in (mara, teo):
            assert each.answer(ADD, each.make(each.ask(ADD))).status == 200
        yield Two(serving, mara, teo)


@pytest.fixture
def new_device(browser: Browser, server: Serving) -> Iterator[Callable[..., Device]]:
    """Open devices on the running server."""
    with open_devices(browser, server) as new_device:
        yield new_device


@contextmanager
def open_devices(browser: Browser, server: Serving) -> Iterator[Callable[..., Device]]:
    """Open devices that share nothing, phones unless told otherwise; what a page complains of fails the test."""
    devices: list[Device] = []

    def open_device(**kind: Any) -> Device:
        devices.append(Device(browser.new_context(**{**HOME, **PHONE, **kind}), server.url))
        return devices[-1]

    yield open_device
    for device in devices:
        device.context.close()
    assert [device.complaints for device in devices if device.complaints] == []
