"""A page of somebody else's makes a person's browser send forms here."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.device import PASSPHRASE, Device
from tests.credentials import credentials

MARA, MALLORY = "mara@example.org", "mallory@example.org"
SEND = """([action, fields]) => {
  const form = document.body.appendChild(document.createElement("form"))
  Object.assign(form, { method: "post", action })
  for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { name, value }))
  form.submit()
}"""


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>A page of somebody else's</title>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_another_site_writes_nothing_into_a_journal(new_device: Callable[[], Device], elsewhere: str) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    send_from(elsewhere, phone, "/traits", name="Planted")
    phone.open("/journal")
    phone.shows_not("Planted")


def test_another_site_signs_nobody_in_and_nobody_out(new_device: Callable[[], Device], elsewhere: str) -> None:
    mallory, phone = new_device(), new_device()
    mallory.make_account(MALLORY)
    phone.start_now()
    phone.is_installed()
    phone.log("Only on this phone", old=30)
    send_from(elsewhere, phone, "/sign-in", **credentials(phone.url, MALLORY, PASSPHRASE))
    phone.open("/journal")
    phone.shows("Only on this phone")
    phone.keeps("device")

    phone.make_account(MARA)
    send_from(elsewhere, phone, "/sign-out", unsent="discard")
    phone.open("/you")
    expect(phone.page.get_by_text("Signed in as")).to_be_visible()


def send_from(site: str, device: Device, path: str, **fields: str) -> None:
    device.page.goto(site)
    with device.page.expect_navigation():
        device.page.evaluate(SEND, [device.url + path, fields])
