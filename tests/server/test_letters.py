"""Mail, as a real server on this machine receives it."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import cast

import httpx
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from server.storage import Account
from tests.server.house import FROM_OUR_PAGE, MARA, House, open_house, send

LINK = re.compile(r"https://unlearn\.test/verify#\S{43}")


class PostOffice:
    """Keeps the letters that arrive."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        self.recipients += envelope.rcpt_tos
        self.letters.append(BytesParser(policy=default).parsebytes(cast(bytes, envelope.content)))
        return "250 taken"


@pytest.fixture
async def office() -> AsyncIterator[tuple[PostOffice, int]]:
    office, loop = PostOffice(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(office, hostname="mail.test"), "127.0.0.1", 0)
    async with server:
        yield office, server.sockets[0].getsockname()[1]


@pytest.fixture
async def mailing(folder: Path, office: tuple[PostOffice, int]) -> AsyncIterator[House]:
    url = f"smtp://127.0.0.1:{office[1]}?from=unlearn@example.org"
    async with open_house(folder, UNLEARN_SMTP_URL=url) as house:
        yield house


async def test_a_new_account_is_asked_to_verify_its_address_and_a_scanner_does_not(
    mailing: House, office: tuple[PostOffice, int]
) -> None:
    await mailing.signed_up(MARA)
    (letter,) = await arrived(mailing, office)
    assert (letter["From"], letter["To"], office[0].recipients) == ("unlearn@example.org", MARA, [MARA])
    link = LINK.search(letter.get_content())
    assert link
    browser = mailing.browser()
    page = await browser.get(link[0].partition("#")[0])
    assert (page.status_code, (await account(mailing)).verified_at) == (200, None)
    assert (await verify(browser, link[0])).status_code == 200
    assert (await account(mailing)).verified_at
    again = await verify(browser, link[0])
    assert (again.status_code, "has been used or is too old" in again.text) == (403, True)


async def test_a_sign_in_on_a_new_device_is_told_and_one_on_a_known_device_is_not(
    mailing: House, office: tuple[PostOffice, int]
) -> None:
    browser = await mailing.signed_up(MARA)
    key = {"account": (await account(mailing)).account}
    await mailing.storage.update(Account, key, created_at=1)
    await send(browser, "/sign-in", MARA)
    other = mailing.browser()
    other.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
    await send(other, "/sign-in", MARA)
    _, notice = await arrived(mailing, office)
    said = notice.get_content()
    assert "Firefox" in said
    assert "https://unlearn.test/you/devices" in said


async def test_a_mail_server_that_is_not_there_keeps_nobody_out_and_no_address_is_logged(
    folder: Path,
) -> None:
    url = "smtp://127.0.0.1:1?from=unlearn@example.org"
    async with open_house(folder, UNLEARN_SMTP_URL=url) as house, logged() as lines:
        await house.signed_up(MARA)
        await house.app.state.mail.sent()
    assert lines == ["a letter could not be sent: ConnectionRefusedError"]


async def test_no_password_and_no_letter_goes_where_nothing_is_encrypted(
    office: tuple[PostOffice, int], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.mail_server._is_this_machine", lambda _: False)
    url = f"smtp://unlearn:a-secret@127.0.0.1:{office[1]}?from=unlearn@example.org"
    async with open_house(folder, UNLEARN_SMTP_URL=url) as house, logged() as lines:
        await house.signed_up(MARA)
        await house.app.state.mail.sent()
    assert office[0].letters == []
    assert lines == ["a letter could not be sent: SMTPNotSupportedError"]


async def test_nobody_is_buried_in_letters(mailing: House, office: tuple[PostOffice, int]) -> None:
    mail = mailing.app.state.mail
    for n in range(40):
        mail.post(MARA, "subject", "text", f"192.0.2.{n}")
    assert len(await arrived(mailing, office)) == 30


@asynccontextmanager
async def logged() -> AsyncIterator[list[str]]:
    """What our own logger says, as Litestar has set it up."""
    lines: list[str] = []
    listening = logging.Handler()
    listening.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("unlearn").addHandler(listening)
    yield lines
    logging.getLogger("unlearn").removeHandler(listening)


async def arrived(house: House, office: tuple[PostOffice, int]) -> list[EmailMessage]:
    await asyncio.wait_for(house.app.state.mail.sent(), 30)
    return office[0].letters


async def account(house: House) -> Account:
    found = await house.storage.one(Account, email=MARA)
    assert found
    return found


async def verify(browser: httpx.AsyncClient, link: str) -> httpx.Response:
    return await browser.post("/verify", data={"secret": link}, headers=FROM_OUR_PAGE)
