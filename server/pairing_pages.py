"""Adding a device by a code. Each screen keeps its end of it in a cookie, so that no address and no log ever has it."""

from collections.abc import Awaitable
from typing import Any

import msgspec
from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from server import choices, pairing
from server.answers import handlers_of
from server.browsers import label_of
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.pairing import Found, NotPaired
from server.problems import Problem, wants_json
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import is_secure, person, read_cookie
from server.signed_in import signed_in
from server.step_up import fresh_person
from server.storage import Account
from server.views.pairing import add_page, join_page
from server.words import words_of

ADDING, JOINING = "adding", "joining"  # the cookies of the one that shows the code, and of the one that read it
KEPT_S = 3 * pairing.TTL_MS // 1000  # three steps
STATUS = {"unknown": 404, "over": 410, "used": 409, "refused": 403}


async def add(request: AnyRequest, _: Route) -> Response[Any]:
    """The code, or the question whether whoever read it may join."""
    who = await fresh_person(request)
    secret, found, said = _kept(request, ADDING), None, ""
    try:
        found = await pairing.shown(storage_of(request), secret, who.id_hash, now_ms()) if secret else None
    except NotPaired as not_paired:
        said = "over" if not_paired.fault == "over" else ""
    if found and found.state == "refused":
        said = "refused"
    url = f"{request.app.state.settings.public_url}/pair#{secret}"
    return html("account/add_device.html", add_page(here_of(request, who), found, url, said), 200)


async def show_code(request: AnyRequest, _: Route) -> Response[Any]:
    """Begin, with a code that no other has."""
    who = await fresh_person(request)
    secret = await pairing.show_code(storage_of(request), who.account, who.id_hash, now_ms())
    return _see("/you/devices/add", _cookie(request, ADDING, secret))


async def add_state(request: AnyRequest, _: Route) -> Response[Any]:
    """How far it is, for the page that shows the code."""
    who = await person(request)
    assert who  # the route's guard has seen to it
    return await _state(pairing.shown(storage_of(request), _kept(request, ADDING), who.id_hash, now_ms()))


async def answer(request: AnyRequest, _: Route) -> Response[Any]:
    """Let whoever read the code join, or not."""
    who, joins = await person(request), last(await read_pairs(request), "joins")
    assert who  # the route's guard has seen to it
    if joins not in ("yes", "no"):
        raise Problem(400, "malformed")
    try:
        await pairing.decide(storage_of(request), _kept(request, ADDING), who.id_hash, joins == "yes", now_ms())
    except NotPaired:
        return _see("/you/devices/add")  # which says why
    return _see("/you/devices?now=added" if joins == "yes" else "/you/devices/add")


async def join(request: AnyRequest, _: Route) -> Response[Any]:
    """What a device shows that read a code, or may yet."""
    kept = _kept(request, JOINING)
    if not kept:
        return await _joining(request, None, "")
    try:
        found = await pairing.claimed(storage_of(request), kept, now_ms())
    except NotPaired as not_paired:
        return await _joining(request, None, not_paired.fault)
    return await _joining(request, found, "")


async def claim(request: AnyRequest, _: Route) -> Response[Any]:
    """Take up the code that this browser read; the same once more changes nothing."""
    code, kept, storage = last(await read_pairs(request), "code"), _kept(request, JOINING), storage_of(request)
    if not code or kept.partition(".")[0] != code:
        label = label_of(request.headers.get("user-agent", ""), words_of(choices.language_of(request)))
        try:
            kept = await pairing.claim(storage, code, label, now_ms())
        except NotPaired as not_paired:
            return await _joining(request, None, not_paired.fault, STATUS[not_paired.fault])
    return _see("/pair", _cookie(request, JOINING, kept))


async def join_state(request: AnyRequest, _: Route) -> Response[Any]:
    """How far it is, for the page that read the code."""
    return await _state(pairing.claimed(storage_of(request), _kept(request, JOINING), now_ms()))


async def enter(request: AnyRequest, _: Route) -> Response[Any]:
    """Sign in whoever was let in."""
    storage = storage_of(request)
    try:
        account = await storage.one(Account, account=await pairing.let_in(storage, _kept(request, JOINING), now_ms()))
    except NotPaired as not_paired:
        return await _joining(request, None, not_paired.fault, STATUS[not_paired.fault])
    if not account:
        raise Problem(404, "not_found")
    entered = await signed_in(request, account, "/")
    entered.set_cookie(_cookie(request, JOINING, ""))
    return entered


handlers = handlers_of(
    {
        "add_device": add,
        "show_code": show_code,
        "add_state": add_state,
        "answer_device": answer,
        "join": join,
        "claim": claim,
        "join_state": join_state,
        "enter": enter,
    }
)


async def _joining(request: AnyRequest, found: Found | None, fault: str, status: int = 200) -> Response[Any]:
    if fault and status != 200 and wants_json(request):
        raise Problem(status, f"pairing_{fault}")
    account = await storage_of(request).one(Account, account=found.account) if found else None
    email = account.email if account and found and found.state == "confirmed" else ""
    who = await person(request)
    here = here_of(request, who)
    if not who:
        here = msgspec.structs.replace(here, keeping="unknown")  # the device may have a journal that no server knows of
    return html("account/pair.html", join_page(here, found, email, fault), status)


async def _state(finding: Awaitable[Found]) -> Response[Any]:
    try:
        return Response({"state": (await finding).state})
    except NotPaired as not_paired:
        return Response({"state": not_paired.fault})


def _kept(request: AnyRequest, name: str) -> str:
    return read_cookie(list(request.scope["headers"]), _cookie(request, name, "").key) or ""


def _cookie(request: AnyRequest, name: str, value: str) -> Cookie:
    settings = request.app.state.settings
    return Cookie(
        key=f"__Host-unlearn-{name}" if is_secure(settings) else f"unlearn-{name}",
        value=value,
        path="/",
        max_age=KEPT_S if value else 0,
        secure=is_secure(settings),
        httponly=True,
        samesite="lax",
    )


def _see(url: str, *cookies: Cookie) -> Redirect:
    return Redirect(url, status_code=303, cookies=list(cookies))
