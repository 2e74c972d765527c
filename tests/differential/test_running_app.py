"""The whole application, session, database and all, gives the bytes and the headers that the phone gives."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import httpx
from msgspec.structs import replace

from server import moments
from server.demo import invent
from server.headers import HEADERS
from server.journal import Journal
from server.kinds import kinds
from server.storage import Account
from sync.record import Record
from tests.differential.example import NOBODY, NOON, PAGES, PREFIX, PROVIDERS, Answer, Asked, Standing
from tests.differential.hostile import steeped
from tests.differential.phone import Phone
from tests.server.house import FROM_OUR_PAGE, MARA, House, open_house

HELD = [
    *invent(7, 60, date(2026, 11, 22)),
    *steeped("<b> & 'quoted' \u202e🙂\r\n  ", "2026-11-22T18:03:00+05:30[Asia/Kolkata]"),
]
OIDC = {  # example.PROVIDERS, as an operator has them
    "UNLEARN_OIDC": ",".join(each["name"] for each in PROVIDERS),
    **{
        f"UNLEARN_OIDC_{each['name'].upper()}_{part}": value
        for each in PROVIDERS
        for part, value in {
            "ISSUER": f"https://{each['name']}.example",
            "CLIENT_ID": "unlearn",
            "CLIENT_SECRET": "s3cret",
            "LABEL": each["label"],
        }.items()
    },
}
FORM = {"Content-Type": "application/x-www-form-urlencoded", **FROM_OUR_PAGE}

ABOUT_A_DEVICE = re.compile(  # which the server's page is not on: its name, and how long and large its room is
    r'<section>\n<h2>This device</h2>.*?</section>\n|<div class="told">.*?</div>\n|<span class="told" data-used>.*?</span>',
    re.DOTALL,
)


async def test_the_running_app_shows_a_journal_as_the_phone_does(phone: Phone, tmp_path: Path) -> None:
    phone.hold(HELD)
    async with open_house(tmp_path, now=NOON, **OIDC) as house:
        mara = await reader(house)
        for address in addresses(HELD):
            page = await mara.get(address)
            same(phone, house, page, asked(page, "GET", address))
        page = await mara.get("/journal?q=e", headers={"HX-Request-Type": "partial"})
        same(phone, house, page, asked(page, "GET", "/journal?q=e", partial=True))


async def test_the_running_app_gives_a_form_back_as_the_phone_does(phone: Phone, tmp_path: Path) -> None:
    phone.hold(HELD)
    async with open_house(tmp_path, now=NOON, **OIDC) as house:
        mara = await reader(house)
        for record in HELD[-len(kinds()) :]:
            kind = kinds()[record.kind]
            for path in (f"/{kind.plural}", f"/{kind.plural}/{record.id}"):
                for typed in ({}, {"emotions_1_name": "", "emotions_1_intensity": "40"}, {kind.titles[0]: "x" * 5000}):
                    body = urlencode({"id": NOBODY, "seen": "<seen>", **typed})
                    page = await mara.post(path, content=body, headers=FORM)
                    same(phone, house, page, asked(page, "POST", path, body=body))


async def reader(house: House) -> httpx.AsyncClient:
    mara = await house.signed_up(MARA)
    account = await house.storage.one(Account, email=MARA)
    assert account
    await house.storage.exchange(account.account, HELD, None, 0, 1)
    return mara


def addresses(held: list[Record]) -> list[str]:
    """Every page of the table, those of one entry for entries of each kind."""
    found = [*PAGES]
    for record in [*held[:5], *held[-15:]]:
        url = f"/{kinds()[record.kind].plural}/{record.id}"
        found += [url, f"{url}/edit"]
    return [*found, "/journal?q=no+such+word", "/you?next=%22", f"/tools/{NOBODY}"]


def asked(page: httpx.Response, method: str, address: str, *, partial: bool = False, body: str | None = None) -> Asked:
    """The same request to the phone, at the moment and with the fresh names that the server's answer has."""
    zone = moments.parse(Journal(HELD).newest(1)[0].values["happened_at"])  # the person's, as far as the server knows
    assert zone
    fresh = re.search(r'<input type="hidden" name="id" value="([^"]+)"', page.text)
    nonce = re.search(r"'nonce-([^']+)'", page.headers["content-security-policy"])
    assert nonce
    return Asked(
        method=method,
        address=address,
        partial=partial,
        body=body,
        language="en",
        now=NOON,
        zone=zone.zone,
        id=fresh[1] if fresh else NOBODY,
        nonce=nonce[1],
        standing=Standing(signed_in=True, email=MARA, synced_at=None),
    )


def same(phone: Phone, house: House, page: httpx.Response, asked: Asked) -> None:
    told = phone.answer(asked)
    told = replace(told, html=ABOUT_A_DEVICE.sub("", told.html))
    text = page.text.replace(house.app.state.shell.prefix, PREFIX)
    text = re.sub(r'(name="journal" value=")[^"]+', r"\1account", text)  # the phone's example has an id of its own
    location = page.headers.get("location", "")
    assert told == Answer(page.status_code, location, text, ""), asked.address
    names = {"content-type", *(name.lower() for name in (HEADERS.every | HEADERS.page))}
    assert phone.headers == {name: value for name, value in page.headers.items() if name in names}
