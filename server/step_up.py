"""Showing once more who one is, before what cannot be taken back: a proof is good for ten minutes."""

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from server.answers import handlers_of
from server.attempts import counted
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.problems import Problem
from server.proof import known
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.same_origin import is_same_site_path
from server.sessions import Person, person, renew_session, session_cookie, signed_in_person, signed_out
from server.storage import Account, Identity, Passkey, Storage
from server.views.step_up import Ways, step_up_page

FRESH_MS = 10 * 60 * 1000


async def fresh_person(request: AnyRequest) -> Person:
    """Give who is asking, or raise Problem `step_up` when they last showed who they are too long ago."""
    who = await signed_in_person(request)
    if not 0 <= now_ms() - who.proved_at < FRESH_MS:
        raise Problem(403, "step_up")
    return who


async def stepped_up(request: AnyRequest) -> Cookie:
    """Note that who is asking has shown who they are, and give the cookie of the session's new name."""
    who = await person(request)
    value = await renew_session(request, who, now_ms()) if who else None
    if not value:
        raise signed_out()
    return session_cookie(request.app.state.settings, value)


async def ask_again(request: AnyRequest, next_url: str, status: int, code: str = "") -> Response[Any]:
    """The page that asks for a proof and leads on to `next_url`; `code`, of words.errors, is what was wrong with the last."""
    who = await person(request)
    assert who  # the route's guard has seen to it
    page = step_up_page(here_of(request, who), next_url, code, await _ways(storage_of(request), who.account))
    return html("account/step_up.html", page, status)


async def _ways(storage: Storage, account: str) -> Ways:
    kept = await storage.one(Account, account=account)
    identities = await storage.all(Identity, account=account)
    passkeys = await storage.all(Passkey, account=account)
    return Ways(bool(kept and kept.key_hash), bool(passkeys), {each.provider for each in identities})


async def _ask(request: AnyRequest, _: Route) -> Response[Any]:
    return await ask_again(request, _next(request), 200)


async def _answer(request: AnyRequest, _: Route) -> Response[Any]:
    pairs, who = await read_pairs(request), await person(request)
    assert who  # the route's guard has seen to it
    next_url = last(pairs, "next") if is_same_site_path(last(pairs, "next")) else "/you"
    try:
        with counted(request, who.email, now_ms()):
            await known(storage_of(request), who.email, last(pairs, "key"))
    except Problem as refused:
        return await ask_again(request, next_url, refused.status, refused.code)
    return Redirect(next_url, status_code=303, cookies=[await stepped_up(request)])


def _next(request: AnyRequest) -> str:
    asked = request.query_params.get("next", "")
    return asked if is_same_site_path(asked) else "/you"


handlers = handlers_of({"step_up": _ask, "take_step_up": _answer})
