"""Setting the lock, opening it, and what to do about a forgotten PIN. Twin: web/phone/lock_forms.js."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from server.attempts import Attempts, counted
from server.clock import now_ms
from server.curtain import LOCKED
from server.form_body import read_pairs
from server.forms import Pairs, last
from server.here import here_of
from server.html import html
from server.lock import Lock, keep_lock, lock_of
from server.pins import is_kept, is_pin, is_right, keep_pin
from server.problems import Problem
from server.proof import known
from server.request import AnyRequest, storage_of
from server.same_origin import is_same_site_path
from server.sessions import person
from server.views.frame import Here
from server.views.lock import AFTERS, lock_page, locked_page

TRIES = 5
WINDOW_MS = 15 * 60 * 1000
REMEMBERED = 20_000  # browsers


@post("/you/lock")
async def set_lock(request: AnyRequest) -> Response[Any]:
    """Set the lock, change it or take it off; what is set already takes its PIN."""
    pairs, lock = await read_pairs(request), lock_of(request)
    here = here_of(request, await person(request))
    if lock and lock.is_on(here.now):
        return html("locked.html", locked_page(here, "/you/lock"), LOCKED)
    errors, wait = await _errors(request, pairs, lock)
    if errors:
        return html("lock.html", lock_page(_waiting(here, wait), errors, last(pairs, "after")), 422)
    if last(pairs, "do") == "off":
        return keep_lock(request, _see("/you/lock?now=off"), None)
    kept = await keep_pin(last(pairs, "pin")) if last(pairs, "pin") else lock.kept if lock else ""
    return keep_lock(request, _see("/you/lock?now=on"), Lock(kept, int(last(pairs, "after")), here.now))


@post("/unlock")
async def unlock(request: AnyRequest) -> Response[Any]:
    """Open the lock with the PIN, or take it off with the account's passphrase."""
    pairs, lock = await read_pairs(request), lock_of(request)
    next_url = last(pairs, "next") if is_same_site_path(last(pairs, "next")) else "/"
    if not lock:
        return _see(next_url)
    here, wait = here_of(request, await person(request)), 0
    if last(pairs, "do") == "passphrase":
        if not (code := await _refused(request, last(pairs, "key"))):
            return keep_lock(request, _see("/you/lock?now=off"), None)
    elif last(pairs, "do") == "passkey":
        code = "not_opened"  # only the phone knows it: its worker was there when the page came, and is no more
    else:
        code, wait = await _try(request, last(pairs, "pin"), lock)
        if not code:
            return keep_lock(request, _see(next_url), msgspec.structs.replace(lock, used=here.now))
    return html("locked.html", locked_page(_waiting(here, wait), next_url, code), LOCKED)


@get("/unlock")
async def unlocked() -> Response[Any]:
    """Lead away from an address that only a form has."""
    return _see("/")


@post("/you/lock/now")
async def lock_now(request: AnyRequest) -> Response[Any]:
    """Leave an app that locks at once."""
    lock = lock_of(request)
    return keep_lock(request, _see("/"), msgspec.structs.replace(lock, used=0)) if lock else _see("/")


@get("/locked")
async def locked(request: AnyRequest) -> Response[Any]:
    """Tell a page that was open meanwhile whether the lock has fallen."""
    lock = lock_of(request)
    return Response(None, status_code=LOCKED if lock and lock.is_on(request.app.state.clock()) else 204)


@post("/session/lock")
async def tell_lock(request: AnyRequest) -> Response[Any]:
    """Hear from a phone which lock this browser has, so that a hard reload does not walk around it."""
    told = last(await read_pairs(request), "lock")
    after, _, kept = told.partition(".")
    is_lock = after in AFTERS and is_kept(kept)
    if not is_lock and told != "none":
        raise Problem(400, "malformed")
    return keep_lock(request, Response(None, status_code=204), Lock(kept, int(after), 0) if is_lock else None)


handlers = [set_lock, unlock, unlocked, lock_now, locked, tell_lock]


async def _errors(request: AnyRequest, pairs: Pairs, lock: Lock | None) -> tuple[dict[str, str], int]:
    """What is wrong with the form, and how long until the PIN can be tried again (ms)."""
    pin = last(pairs, "pin")
    if lock:
        code, wait = await _try(request, last(pairs, "current"), lock)
        if code:
            return {"current": code}, wait
    if last(pairs, "do") == "off":
        return {}, 0
    if (pin or not lock) and not is_pin(pin):
        return {"pin": "no_pin"}, 0
    if pin != last(pairs, "again"):
        return {"again": "other_pin"}, 0
    return ({} if last(pairs, "after") in AFTERS else {"after": "no_after"}), 0


async def _try(request: AnyRequest, pin: str, lock: Lock) -> tuple[str, int]:
    """What is wrong with this PIN ("": it is the one), and how long to wait when there were too many others (ms)."""
    tries: Attempts = request.app.state.setdefault("pins", Attempts(TRIES, WINDOW_MS, REMEMBERED))
    now = now_ms()
    if wait := tries.take([lock.kept], now):
        return "not_tried", wait
    if not await is_right(pin, lock.kept):
        return "wrong_pin", 0
    tries.forgive([lock.kept])
    return "", 0


async def _refused(request: AnyRequest, key: str) -> str:
    """The code of what is wrong with the key of the account's passphrase, "" when it is right."""
    who = await person(request)
    email = who.email if who else ""
    try:
        with counted(request, email, now_ms()):
            await known(storage_of(request), email, key)
    except Problem as problem:
        return problem.code
    return ""


def _waiting(here: Here, wait: int) -> Here:
    shown = msgspec.structs.replace(here.lock, wait=wait) if here.lock else None
    return msgspec.structs.replace(here, lock=shown)


def _see(url: str) -> Redirect:
    return Redirect(url, status_code=303)
