"""The way to an OpenID provider and back: begun in this browser, within ten minutes, and good for one coming back.

What has to be known on the way back waits in a ticket, whose secret is the `state`; a cookie binds it to the browser.
"""

import hmac
import logging
import secrets
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from litestar import Response
from litestar.datastructures import Cookie

from server.attempts import REMEMBERED, WINDOW_MS, Attempts, address_of
from server.clock import now_ms
from server.credentials import SECRET_BYTES, hash_secret
from server.here import here_of
from server.html import html
from server.openid.claims import Claims, Pending
from server.openid.refusals import NotProven, Unreachable
from server.problems import Problem
from server.request import AnyRequest, storage_of
from server.sessions import is_secure, person, read_cookie
from server.settings import Settings
from server.tickets import new_ticket, read_ticket, take_ticket
from server.views.providers import onward_page

if TYPE_CHECKING:
    from server.openid.client import Client

Aim = Literal["sign_in", "link", "step_up"]
T = TypeVar("T")

log = logging.getLogger("unlearn")

PURPOSE = "openid"
TICKET_MS = 10 * 60 * 1000
FROM_ADDRESS = 100  # journeys begun in a quarter of an hour: each leaves a ticket


class Journey(msgspec.Struct, frozen=True, kw_only=True):
    """Who went where, and what for. `browser` is the hash of a cookie, `session` of who asks to link or to step up."""

    provider: str
    aim: Aim
    next_url: str
    browser: str
    session: str
    pending: Pending


def clients_of(settings: Settings) -> "dict[str, Client]":
    """What this server is to each provider, by the provider's name."""
    if not settings.oidc:
        return {}
    from server.openid.client import Client  # noqa: PLC0415 - takes a third of a start, and most servers have no provider

    return {each.name: Client(each, f"{settings.public_url}/sign-in/back/{each.name}") for each in settings.oidc}


def client_of(request: AnyRequest) -> "Client":
    """The provider that the address names, or Problem."""
    clients: Mapping[str, Client] = request.app.state.openid
    found = clients.get(request.path_params["id"])
    if not found:
        raise Problem(404, "not_found")
    return found


async def set_out(request: AnyRequest, aim: Aim, next_url: str) -> Response[Any]:
    """A page that leads to the provider: a form's own answer may not, under `form-action 'self'`."""
    _count(request)
    client, who, now = client_of(request), await person(request), now_ms()
    cookie = secrets.token_urlsafe(SECRET_BYTES)
    pending = Pending(
        nonce=secrets.token_urlsafe(SECRET_BYTES),
        verifier=secrets.token_urlsafe(SECRET_BYTES),
        started=now,
        anew=aim == "step_up",
    )
    journey = Journey(
        provider=client.provider.name,
        aim=aim,
        next_url=next_url,
        browser=hash_secret(cookie),
        session=who.id_hash if who and aim != "sign_in" else "",
        pending=pending,
    )
    state = await new_ticket(storage_of(request), PURPOSE, msgspec.json.encode(journey).decode(), now, TICKET_MS)
    page = onward(request, await asked(client, client.address(pending, state, now)))
    page.set_cookie(_cookie(request, state, cookie))
    return page


async def come_back(request: AnyRequest) -> tuple[Journey, Claims]:
    """Who came back from the provider and what for; or raise Problem. Whatever comes of it, they can't come back twice."""
    client, answer, now = client_of(request), _answer(request), now_ms()
    state = answer.get("state", "")
    ticket = await read_ticket(storage_of(request), state, PURPOSE, now)
    journey = msgspec.json.decode(ticket.body, type=Journey) if ticket else None
    if not journey or journey.provider != client.provider.name or not _is_this_browser(request, state, journey):
        raise Problem(403, "provider_lost")
    if not await take_ticket(storage_of(request), state, PURPOSE, now):
        raise Problem(403, "provider_lost")
    who = await person(request)
    if journey.session and (not who or who.id_hash != journey.session):
        raise Problem(403, "provider_lost")
    if "error" in answer:
        raise Problem(403, "provider_declined")
    return journey, await asked(client, client.who(answer, journey.pending, now))


async def sign_out_address(request: AnyRequest, name: str) -> str:
    """Where to end the session at the provider too, "" where it has no such thing; or raise Problem."""
    client: Client = request.app.state.openid[name]
    back = f"{request.app.state.settings.public_url}/signed-out"
    return await asked(client, client.sign_out_address(back, now_ms()))


def onward(request: AnyRequest, url: str) -> Response[str]:
    """A page that goes on by itself. To the worker, what comes next then comes from a page of ours."""
    here = msgspec.structs.replace(here_of(request, None), keeping="unknown")
    page = html("account/onward.html", onward_page(here, url), 200)
    page.headers["Refresh"] = f"0;url={url}"
    return page


def forget_browser(request: AnyRequest, answer: Response[Any]) -> None:
    """Take the journey's cookie back."""
    answer.set_cookie(_cookie(request, _answer(request).get("state", ""), ""))


async def asked(client: "Client", asking: Awaitable[T]) -> T:
    """What a provider answers; what it doesn't, as a Problem, with a line for the operator."""
    try:
        return await asking
    except Unreachable as silent:
        log.warning("%s is out of reach: %s", client.provider.name, silent)
        raise Problem(503, "provider_unreachable") from silent
    except NotProven as refused:
        log.warning("%s proved nothing: %s", client.provider.name, refused)
        raise Problem(403, "provider_refused") from refused


def _answer(request: AnyRequest) -> dict[str, str]:
    """The provider's answer; what is in it twice is in it not at all, for nobody knows which is meant."""
    pairs = list(request.query_params.multi_items())
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}


def _is_this_browser(request: AnyRequest, state: str, journey: Journey) -> bool:
    kept = read_cookie(list(request.scope["headers"]), _cookie_name(request, state)) or ""
    return hmac.compare_digest(hash_secret(kept), journey.browser)


def _cookie(request: AnyRequest, state: str, value: str) -> Cookie:
    return Cookie(
        key=_cookie_name(request, state),
        value=value,
        path="/",
        max_age=TICKET_MS // 1000 if value else 0,
        secure=is_secure(request.app.state.settings),
        httponly=True,
        samesite="lax",  # the way back is another site's link to us
    )


def _cookie_name(request: AnyRequest, state: str) -> str:
    """Each journey has its own: somebody may set out in two tabs."""
    prefix = "__Host-" if is_secure(request.app.state.settings) else ""
    return f"{prefix}unlearn-{hash_secret(state)[:16]}"


def _count(request: AnyRequest) -> None:
    begun: Attempts = request.app.state.setdefault("journeys", Attempts(FROM_ADDRESS, WINDOW_MS, REMEMBERED))
    if wait := begun.take([address_of(request)], now_ms()):
        raise Problem(429, "slow_down", {"Retry-After": str(-(-wait // 1000))})
