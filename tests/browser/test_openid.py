"""Signing in through a certified provider, in a real browser: there, back, out at both, in again, and linked."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import HOSTS, open_devices
from tests.browser.device import Device
from tests.browser.kept import everything
from tests.serving import Serving, free_port

ROOT = Path(__file__).parents[2]
MARA = "mara@example.org"


class Clinic:
    """The provider's process; `rotate` has it sign with another key from now on."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def rotate(self) -> None:
        with urlopen(Request(f"{self.issuer}/rotate", method="POST")) as answer:  # noqa: S310 - this machine's
            assert answer.status == 200


@contextmanager
def open_clinic(port: int, app: str) -> Iterator[Clinic]:
    command = [str(ROOT / ".venv/bin/node"), str(ROOT / "tests/browser/provider.js"), str(port), app]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        assert any(line.startswith("http") for line in process.stdout)  # it listens
        yield Clinic(f"http://127.0.0.1:{port}")
        process.kill()


@pytest.fixture
def server(tmp_path: Path, shell: Path) -> Iterator[Serving]:
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "shell").symlink_to(shell)
    settings = {
        "UNLEARN_OIDC": "clinic",
        "UNLEARN_OIDC_CLINIC_ISSUER": f"http://127.0.0.1:{free_port()}",
        "UNLEARN_OIDC_CLINIC_CLIENT_ID": "unlearn",
        "UNLEARN_OIDC_CLINIC_CLIENT_SECRET": "a secret: of & two",
    }
    with Serving(folder, **settings) as serving:
        yield serving


@pytest.fixture
def clinic(server: Serving) -> Iterator[Clinic]:
    port = int(server.environment["UNLEARN_OIDC_CLINIC_ISSUER"].rpartition(":")[2])
    with open_clinic(port, server.url) as opened:
        yield opened


@pytest.fixture
def new_device(browser: Browser, server: Serving) -> Iterator[Callable[..., Device]]:
    with open_devices(browser, server) as new_device:
        yield new_device


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.usefixtures("clinic")
def test_somebody_signs_in_through_the_clinic_out_at_both_and_in_again(
    new_device: Callable[..., Device], host: str
) -> None:
    kind: dict[str, Any] = HOSTS[host]
    device = signed_in(new_device(**kind), host)
    tab = device.new_page()
    tab.goto(f"{device.url}/you")
    device.page.get_by_role("button", name="Sign out", exact=True).click()
    device.shows_title("You are signed out")
    assert "mara@clinic" not in everything(device.page)
    if host == "phone":
        expect(tab.locator("h1")).to_have_text("Learn to unlearn")
    device.page.get_by_role("link", name="Sign out of Clinic too").click()
    device.page.get_by_role("button", name="Yes, sign me out").click()
    device.shows_title("Learn to unlearn")

    signed_in(device, host)  # for which the clinic asks who they are again


@pytest.mark.usefixtures("clinic")
def test_without_a_network_a_sign_out_leads_to_the_first_page_as_ever(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    phone = signed_in(new_device())
    server.stop()
    phone.sign_out()
    assert phone.page.url == f"{phone.url}/"
    phone.open("/signed-out?from=clinic")
    phone.shows_title("Learn to unlearn")


def test_who_has_a_passphrase_links_the_clinic_and_comes_in_by_it(
    new_device: Callable[..., Device], clinic: Clinic
) -> None:
    device = new_device()
    device.open("/sign-in")
    device.is_installed()
    device.make_account(MARA)
    device.open("/you/providers")
    device.page.get_by_role("button", name="Link Clinic").click()
    at_clinic(device)
    device.shows("Clinic is linked.")

    clinic.rotate()
    another = new_device()
    another.open("/sign-in?next=/you")
    sign_in(another)
    expect(another.page.get_by_role("main").get_by_text(MARA)).to_be_visible()


def signed_in(device: Device, host: str = "phone") -> Device:
    device.open("/sign-in")
    if host == "phone":
        device.is_installed()
    sign_in(device)
    device.keeps("server")
    device.open("/you")
    device.shows("mara@clinic.example")
    return device


def sign_in(device: Device) -> None:
    device.page.get_by_role("button", name="Sign in with Clinic").click()
    at_clinic(device)


def at_clinic(device: Device) -> None:
    """Say there who one is, and let it tell us."""
    page = device.page
    page.locator("input[name=login]").fill("mara")
    page.locator("input[name=password]").fill("anything")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
