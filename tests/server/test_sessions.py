import secrets
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.accounts import add_account
from server.clock import now_ms
from server.credentials import new_credential, read_credential
from server.sessions import DAY_MS, TOUCH_MS, purge_sessions, read_cookie
from server.storage import Session
from tests.server.house import FROM_OUR_PAGE, KDF, KEY, MARA, TEO, House, open_house, send

pytestmark = pytest.mark.usefixtures("database_url")

NAME = "__Host-unlearn"
IDLE_MS, ABSOLUTE_MS = 30 * DAY_MS, 180 * DAY_MS


@pytest.mark.parametrize(
    ("address", "name", "secure"),
    [
        ("https://journal.example.org", "__Host-unlearn", True),
        ("http://localhost:8000", "__Host-unlearn", True),
        ("http://127.0.0.1:8000", "__Host-unlearn", True),
        ("http://192.168.1.5:8000", "unlearn", False),
    ],
)
async def test_the_cookie_is_as_closed_as_the_address_allows(
    folder: Path, address: str, name: str, secure: bool
) -> None:
    async with open_house(folder, address) as house:
        made = await send(house.browser(address=address), "/accounts", MARA)
        cookie = SimpleCookie(made.headers["set-cookie"])[name]
        assert cookie["httponly"] is True
        assert cookie["samesite"].lower() == "lax"
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert bool(cookie["secure"]) is secure
        assert int(cookie["max-age"]) == ABSOLUTE_MS // 1000
        assert "set-cookie" not in (await house.browser(address=address).get("/")).headers


async def test_a_planted_cookie_is_never_taken_up(house: House) -> None:
    mallory = await house.signed_up(TEO)
    planted = mallory.cookies[NAME]
    mara = house.browser()
    mara.cookies.set(NAME, planted, domain="unlearn.test")
    made = await send(mara, "/accounts", MARA)
    got = SimpleCookie(made.headers["set-cookie"])[NAME].value
    assert got != planted

    assert (await mallory.get("/session")).status_code == 401


async def test_each_sign_in_is_a_new_session_and_ends_the_one_before(house: House) -> None:
    browser = await house.signed_up(MARA)
    first = browser.cookies[NAME]
    await send(browser, "/sign-in", MARA)
    second = browser.cookies[NAME]
    assert first != second
    assert await _who(house, first) is None
    assert await _who(house, second) == MARA


async def test_one_persons_secret_opens_nobody_elses_account(house: House) -> None:
    mara, teo = await house.signed_up(MARA), await house.signed_up(TEO)
    account, secret = mara.cookies[NAME].split(".")[0], teo.cookies[NAME].split(".")[1]
    assert await _who(house, f"{account}.{secret}") is None


async def test_the_database_cannot_open_a_session(house: House) -> None:
    browser = await house.signed_up(MARA)
    account, secret = browser.cookies[NAME].split(".")
    credential = read_credential(f"{account}.{secret}")
    assert credential
    assert await house.storage.one(Session, account=credential[0], id_hash=credential[1])
    assert await house.storage.one(Session, account=account, id_hash=secret) is None


async def test_two_cookies_of_the_name_are_nobodys(house: House) -> None:
    mara, teo = await house.signed_up(MARA), await house.signed_up(TEO)
    both = f"{NAME}={mara.cookies[NAME]}; {NAME}={teo.cookies[NAME]}"
    assert (await house.browser().get("/session", headers={"Cookie": both})).status_code == 401


@pytest.mark.parametrize(
    ("created", "seen", "alive"),
    [
        (0, 0, True),
        (ABSOLUTE_MS - 60_000, 0, True),
        (IDLE_MS, IDLE_MS - 60_000, True),
        (IDLE_MS, IDLE_MS, False),
        (ABSOLUTE_MS, 0, False),
    ],
)
async def test_a_session_ends_when_left_alone_or_grown_old(house: House, created: int, seen: int, alive: bool) -> None:
    value, _ = await _session(house, created, seen)
    assert await _who(house, value) == (MARA if alive else None)


@pytest.mark.parametrize(
    ("created", "seen", "alive"), [(0, 0, True), (2 * DAY_MS, DAY_MS, False), (3 * DAY_MS, 0, False)]
)
async def test_the_operator_may_have_sessions_end_sooner(
    folder: Path, database_url: str, created: int, seen: int, alive: bool
) -> None:
    async with open_house(
        folder, UNLEARN_DATABASE_URL=database_url, UNLEARN_SESSION_IDLE_DAYS="1", UNLEARN_SESSION_DAYS="3"
    ) as house:
        value, _ = await _session(house, created, seen)
        assert await _who(house, value) == (MARA if alive else None)
        made = await send(house.browser(), "/accounts", TEO)
        assert int(SimpleCookie(made.headers["set-cookie"])[NAME]["max-age"]) == 3 * DAY_MS // 1000


async def test_sessions_that_are_over_are_forgotten_and_no_others(house: House) -> None:
    _, alive = await _session(house, IDLE_MS, 0)
    for email, created, seen in ((TEO, IDLE_MS, IDLE_MS), ("old@example.org", ABSOLUTE_MS, 0)):
        await _session(house, created, seen, email)
    now = now_ms()
    assert await purge_sessions(house.storage, house.app.state.settings, now) == 2
    assert await house.storage.all(Session) == [alive]


async def test_a_session_is_labelled_with_the_browser_that_it_began_in(house: House) -> None:
    phone = house.browser()
    phone.headers["User-Agent"] = "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"
    await send(phone, "/accounts", MARA)
    assert [each.label for each in await house.storage.all(Session)] == ["Firefox on Android"]


async def test_a_session_notes_when_it_was_seen_at_most_once_a_minute(house: House) -> None:
    fresh, before = await _session(house, TOUCH_MS, TOUCH_MS // 2)
    await _who(house, fresh)
    assert await house.storage.one(Session, account=before.account, id_hash=before.id_hash) == before

    rested, before = await _session(house, TOUCH_MS, TOUCH_MS, email=TEO)
    await _who(house, rested)
    after = await house.storage.one(Session, account=before.account, id_hash=before.id_hash)
    assert after
    assert after.seen_at > before.seen_at
    assert after.created_at == before.created_at


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b";;;=;",
        b"__Host-unlearn",
        b"__Host-unlearn=",
        b"__Host-unlearn=.",
        b"__Host-unlearn=\xff\xfe\x00",
        b'__Host-unlearn="a.b"',
        b"__Host-unlearn=" + b"a." * 4000,
        b"=; " * 1000,
    ],
)
async def test_a_junk_cookie_is_nobody(house: House, line: bytes) -> None:
    answer = await house.browser().get("/session", headers=[(b"cookie", line)])
    assert answer.status_code == 401


@given(st.lists(st.binary() | st.just(b"unlearn=a.b; unlearn")))
def test_no_cookie_line_stops_the_reader(lines: list[bytes]) -> None:
    value = read_cookie([(b"cookie", line) for line in lines], "unlearn")
    assert value is None or read_credential(value) is None


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]{40,46}\n?"))
@example("." + "a" * 43)
@example("a." + "a" * 43 + "\n")
def test_only_what_we_could_have_made_is_a_credential(text: str) -> None:
    credential = read_credential(text)
    if credential:
        account, secret = text.split(".")
        assert credential[0] == account != ""
        assert len(secret) == len(secrets.token_urlsafe(32))
        assert text.isascii()
        assert text.isprintable()


@given(st.uuids().map(str))
def test_a_credential_we_made_is_read_back(account: str) -> None:
    value, secret_hash = new_credential(account)
    assert read_credential(value) == (account, secret_hash)
    assert secret_hash not in value


async def _session(house: House, created: int, seen: int, email: str = MARA) -> tuple[str, Session]:
    """Begin a session that was created and seen so many ms ago."""
    account = await add_account(house.storage, email, KEY, KDF, 1)
    value, id_hash = new_credential(account.account)
    now = now_ms()
    session = Session(account.account, id_hash, None, now - created, now - seen)
    await house.storage.add(session)
    return value, session


async def _who(house: House, value: str) -> str | None:
    answer = await house.browser().get("/session", headers={**FROM_OUR_PAGE, "Cookie": f"{NAME}={value}"})
    return answer.json()["email"] if answer.status_code == 200 else None
