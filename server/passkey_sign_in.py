"""Signing in with a passkey, and showing with one once more who one is."""

import math
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Redirect

from server.account_passkeys import proved, relying_party
from server.answers import handlers_of
from server.attempts import REMEMBERED, WINDOW_MS, Attempts, address_of
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import last
from server.passkey_challenges import asking, new_challenge
from server.problems import Problem, wants_json
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.same_origin import is_same_site_path
from server.sessions import signed_in_person
from server.signed_in import signed_in
from server.step_up import ask_again, stepped_up
from server.storage import Passkey

SIGN_IN, STEP_UP = "passkey_sign_in", "passkey_step_up"
ASKED_FROM_ADDRESS = 300  # in a quarter of an hour; each look at /sign-in asks once, and a clinic is one address


async def _ask_anyone(request: AnyRequest, _: Route) -> Response[Any]:
    asked: Attempts = request.app.state.setdefault(
        "passkeys_asked", Attempts(ASKED_FROM_ADDRESS, WINDOW_MS, REMEMBERED)
    )
    if wait := asked.take([address_of(request)], now_ms()):
        raise Problem(429, "slow_down", {"Retry-After": str(math.ceil(wait / 1000))})
    challenge, cookie = await new_challenge(request, SIGN_IN)
    return asking(relying_party(request).request_options(challenge, []), cookie)


async def _sign_in(request: AnyRequest, _: Route) -> Response[Any]:
    pairs = await read_pairs(request)
    next_url = _next(pairs, "/")
    try:
        account = await proved(request, last(pairs, "credential"), SIGN_IN)
        return await signed_in(request, account, next_url)
    except Problem as refused:
        if wants_json(request):
            raise
        # The device's own page says it, which knows where words are.
        return Redirect(f"/sign-in?next={quote(next_url, safe='')}&refused={refused.code}", status_code=303)


async def _ask_person(request: AnyRequest, _: Route) -> Response[Any]:
    who = await signed_in_person(request)
    challenge, cookie = await new_challenge(request, STEP_UP, who.account)
    storage = storage_of(request)
    known = await storage.all(Passkey, account=who.account)
    return asking(relying_party(request).request_options(challenge, known), cookie)


async def _step_up(request: AnyRequest, _: Route) -> Response[Any]:
    who, pairs = await signed_in_person(request), await read_pairs(request)
    next_url = _next(pairs, "/you")
    try:
        await proved(request, last(pairs, "credential"), STEP_UP, who.account)
    except Problem as refused:
        if wants_json(request):
            raise
        return await ask_again(request, next_url, refused.status, refused.code)
    return Redirect(next_url, status_code=303, cookies=[await stepped_up(request)])


def _next(pairs: list[tuple[str, str]], otherwise: str) -> str:
    asked = last(pairs, "next")
    return asked if is_same_site_path(asked) else otherwise


handlers = handlers_of(
    {
        "ask_any_passkey": _ask_anyone,
        "sign_in_with_passkey": _sign_in,
        "ask_own_passkey": _ask_person,
        "step_up_with_passkey": _step_up,
    }
)
