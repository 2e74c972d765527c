from contextlib import suppress
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import msgspec
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler

from server.clock import now_ms
from server.credentials import new_credential, read_credential
from server.problems import Problem, is_sync
from server.request import AnyConnection, storage_of
from server.settings import Settings
from server.storage import Account, Session, Storage, Unavailable

DAY_MS = 24 * 60 * 60 * 1000
TOUCH_MS = 60 * 1000

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Person(msgspec.Struct, frozen=True):
    """Who is asking, and how we know; a program with a token needs no email."""

    account: str
    email: str
    id_hash: str
    device: str | None
    via: Literal["session", "token"]
    proved_at: int = 0  # ms since the epoch; when they last showed who they are


async def owner(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Refuse whoever isn't signed in, on every route that doesn't say it is for anyone or refuses them itself."""
    if handler.opt.get("for") == "anyone" or handler.opt.get("gives_words_back"):
        return
    await signed_in_person(connection)


def signed_out() -> Problem:
    """Say that this takes a session."""
    return Problem(401, "signed_out", {"WWW-Authenticate": "Bearer"})


async def person(connection: AnyConnection) -> Person | None:
    """Find out once per request who is asking."""
    scope = cast(dict[str, Any], connection.scope)
    if "user" not in scope:
        scope["user"] = await _find_person(connection)
    found: Person | None = scope["user"]
    return found


async def signed_in_person(connection: AnyConnection) -> Person:
    """Give who is asking, or raise Problem `signed_out`."""
    who = await person(connection)
    if not who:
        raise signed_out()
    return who


async def start_session(storage: Storage, account: str, now: int, *, label: str = "", provider: str = "") -> str:
    """Begin a session under a new name, whatever the browser sent, and return its cookie's value."""
    value, id_hash = new_credential(account)
    await storage.add(Session(account, id_hash, None, now, now, now, label, provider))
    return value


async def renew_session(connection: AnyConnection, who: Person, now: int) -> str | None:
    """Go on under a new name, with who they are shown again; return its cookie's value, None where the session has ended."""
    value, id_hash = new_credential(who.account)
    key = {"account": who.account, "id_hash": who.id_hash}
    is_renewed = await storage_of(connection).update(Session, key, id_hash=id_hash, proved_at=now, seen_at=now)
    return value if is_renewed else None


async def end_other_sessions(connection: AnyConnection, who: Person) -> None:
    """Sign all devices of the account out but the one that asks."""
    storage = storage_of(connection)
    for each in await storage.all(Session, account=who.account):
        if each.id_hash != who.id_hash:
            await storage.remove(Session, account=who.account, id_hash=each.id_hash)


async def is_let_in(storage: Storage, who: Person, settings: Settings, now: int) -> bool:
    """Tell whether who was let in before still is: since then the session or token may have ended, or the account."""
    if who.via == "token":
        return await storage.has_token(who.account, who.id_hash)
    session = await storage.one(Session, account=who.account, id_hash=who.id_hash)
    return await _account_of(storage, session, settings, now) is not None


async def purge_sessions(storage: Storage, settings: Settings, now: int) -> int:
    """Forget the sessions that are over by themselves, and tell how many those were."""
    over = [each for each in await storage.all(Session) if not is_alive(each, settings, now)]
    for each in over:
        await storage.remove(Session, account=each.account, id_hash=each.id_hash)
    return len(over)


async def end_session(connection: AnyConnection) -> Session | None:
    """Forget the session of this request, and give what it was; None without one."""
    found = await person(connection)
    if not found or found.via != "session":
        return None
    return await storage_of(connection).take(Session, account=found.account, id_hash=found.id_hash)


def session_cookie(settings: Settings, value: str) -> Cookie:
    """Wrap a session's value, or nothing to take the cookie back."""
    return Cookie(
        key=cookie_name(settings),
        value=value,
        path="/",
        max_age=settings.session_days * DAY_MS // 1000 if value else 0,
        secure=is_secure(settings),
        httponly=True,
        samesite="lax",
    )


def cookie_name(settings: Settings) -> str:
    """Name the session's cookie: browsers let nobody else set a __Host- one."""
    return "__Host-unlearn" if is_secure(settings) else "unlearn"


def has_session_cookie(connection: AnyConnection) -> bool:
    """Tell whether a browser says that it was signed in, which it may be no longer."""
    return cookie_name(connection.app.state.settings) in connection.cookies


def read_cookie(headers: list[tuple[bytes, bytes]], name: str) -> str | None:
    """Read one cookie; junk, or two of the name (one of them planted), is None."""
    pairs = [
        pair.strip().partition("=")
        for header, line in headers
        if header.lower() == b"cookie"
        for pair in line.decode("latin-1").split(";")
    ]
    values = [value for key, _, value in pairs if key == name]
    return values[0] if len(values) == 1 else None


async def _find_person(connection: AnyConnection) -> Person | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await _token_person(connection, token)
    return await _session_person(connection)


async def _token_person(connection: AnyConnection, token: str) -> Person | None:
    credential = read_credential(token)
    if not credential or not is_sync(connection.scope["path"]):
        return None
    account, token_hash = credential
    has_token = await storage_of(connection).has_token(account, token_hash)
    return Person(account, "", token_hash, None, "token") if has_token else None


async def _session_person(connection: AnyConnection) -> Person | None:
    name = cookie_name(connection.app.state.settings)
    credential = read_credential(read_cookie(list(connection.scope["headers"]), name) or "")
    if not credential:
        return None
    storage = storage_of(connection)
    session = await storage.one(Session, account=credential[0], id_hash=credential[1])
    now = now_ms()
    kept = await _account_of(storage, session, connection.app.state.settings, now)
    if not session or not kept:
        return None
    if now - session.seen_at >= TOUCH_MS:
        with suppress(Unavailable):  # a full disk must not keep anybody from reading
            await storage.update(Session, {"account": session.account, "id_hash": session.id_hash}, seen_at=now)
    return Person(kept.account, kept.email, session.id_hash, session.device, "session", session.proved_at)


async def _account_of(storage: Storage, session: Session | None, settings: Settings, now: int) -> Account | None:
    """Whom a session lets in: nobody once it is over, or once the account is switched off."""
    if not session or not is_alive(session, settings, now):
        return None
    kept = await storage.one(Account, account=session.account)
    return kept if kept and kept.disabled_at is None else None


def is_alive(session: Session, settings: Settings, now: int) -> bool:
    """Tell whether a session is neither idle for too long nor too old."""
    idle, age = now - session.seen_at, now - session.created_at
    return idle < settings.session_idle_days * DAY_MS and age < settings.session_days * DAY_MS


def is_secure(settings: Settings) -> bool:
    """Tell whether cookies are for https alone, which browsers also take this machine for."""
    address = urlsplit(settings.public_url)
    return address.scheme == "https" or address.hostname in LOOPBACK
