"""Without an account no word, and nothing made of one, leaves the device: every byte that a browser sends is looked at."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import HOME, PHONE
from tests.browser.device import Device
from tests.browser.locked import PIN, set_lock
from tests.browser.overheard import Line, overheard, spellings
from tests.serving import Serving

TRAIT, MOMENT, LATER, HALF, SOUGHT = "Quietbeaver", "Sisterhydrant", "Gentlecanyon", "Halfpelican", "Lostmarmalade"
LOOKS = b"GET /worker.js HTTP"
THE_APP_ITSELF = r"/|/begin|/session|/health|/worker\.js|/manifest\.webmanifest|/favicon\.ico|/(?:shell|icons)/[\w./-]+|/keys/form\.js\?0"


def test_a_day_without_an_account_sends_no_word(browser: Browser, server: Serving) -> None:
    with overheard(server.port) as line:
        phone = Device(browser.new_context(**{**HOME, **PHONE}), line.url)
        spend_a_day(phone, line)
        phone.context.close()

        asked = line.requests()
        assert {address for _, address, _, _ in asked if not re.fullmatch(THE_APP_ITSELF, address)} == set()
        assert {method for method, _, _, _ in asked} == {"GET"}
        assert [each for each in asked if each.body] == []
        assert [headers["cookie"] for _, _, headers, _ in asked if "cookie" in headers] == []
        assert [each for each in asked if "?" in each.headers.get("referer", "")] == []
        files = [path for path in server.folder.rglob("*") if path.is_file() and "shell" not in path.parts]
        kept = [line.bytes(), server.errors().encode(), *(path.read_bytes() for path in files)]
        for word in (TRAIT, MOMENT, LATER, HALF, SOUGHT):
            assert [word for each in kept for spelled in spellings(word) if spelled in each] == []
        assert PIN.encode() not in line.bytes()
        assert phone.complaints == []


def spend_a_day(phone: Device, line: Line) -> None:
    page = phone.page
    phone.begin(TRAIT)
    phone.log(MOMENT, old=70, new=20)
    phone.edit(MOMENT, situation=LATER)
    phone.open("/quick")
    page.get_by_role("button", name="New reaction, strong").click()
    phone.shows("Saved.")
    page.get_by_role("button", name="Undo").click()
    phone.open(f"/journal?q={SOUGHT}")
    page.get_by_role("searchbox").fill(LATER)
    expect(page.get_by_role("main").get_by_role("link", name=LATER)).to_be_visible()
    looked = line.bytes().count(LOOKS)
    phone.goes_online()  # looks for a new version, from an address with words in it
    line.hears(LOOKS, looked + 1)
    phone.open("/practise")
    phone.unfold("What happened")
    page.get_by_label("What was going on?").fill(HALF)
    phone.has_drafted(HALF)
    page.reload()
    expect(page.get_by_label("What was going on?")).to_have_value(HALF)
    for address in ("/support", "/rewire", "/explore", "/equip", "/bin", "/you"):
        phone.open(address)
    with page.expect_download():
        page.get_by_role("link", name="Save a copy of everything").click()
    set_lock(phone)
    page.get_by_role("link", name="Hide", exact=True).click()
    expect(page.locator("h1")).not_to_have_text("Lock")
