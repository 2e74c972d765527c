"""Signing in with an OpenID provider, linking one, and showing through one who one is."""

from typing import Any

from litestar import Response
from litestar.response import Redirect

from server.answers import handlers_of
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import last
from server.journeys import Journey, client_of, come_back, forget_browser, onward, set_out
from server.openid.claims import Claims
from server.problems import Problem
from server.provider_accounts import account_of, is_of, link
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.same_origin import is_same_site_path
from server.sessions import person, signed_in_person
from server.signed_in import signed_in
from server.step_up import fresh_person, stepped_up


async def _sign_in(request: AnyRequest, _: Route) -> Response[Any]:
    return await set_out(request, "sign_in", await _next(request, "/"))


async def _link(request: AnyRequest, _: Route) -> Response[Any]:
    await fresh_person(request)  # an open page in the wrong hands must not get a key of its own
    return await set_out(request, "link", f"/you/providers?linked={client_of(request).provider.name}")


async def _step_up(request: AnyRequest, _: Route) -> Response[Any]:
    return await set_out(request, "step_up", await _next(request, "/you"))


async def _back(request: AnyRequest, _: Route) -> Response[Any]:
    journey, claims = await come_back(request)
    answer = await _ARRIVALS[journey.aim](request, journey, claims)
    forget_browser(request, answer)
    return answer


async def _arrive(request: AnyRequest, journey: Journey, claims: Claims) -> Response[Any]:
    provider = client_of(request).provider
    account = await account_of(request, provider, claims, now_ms())
    answer = await signed_in(request, account, journey.next_url, provider=provider.name)
    if not isinstance(answer, Redirect):
        return answer  # a program's
    page = onward(request, answer.url)
    page.cookies = answer.cookies
    return page


async def _arrive_linking(request: AnyRequest, journey: Journey, claims: Claims) -> Response[Any]:
    who = await signed_in_person(request)
    await link(storage_of(request), who.account, client_of(request).provider, claims, now_ms())
    return onward(request, journey.next_url)


async def _arrive_again(request: AnyRequest, journey: Journey, claims: Claims) -> Response[Any]:
    who = await person(request)
    if not who or not await is_of(storage_of(request), who.account, claims):
        raise Problem(403, "provider_of_another")
    page = onward(request, journey.next_url)
    page.set_cookie(await stepped_up(request))
    return page


_ARRIVALS = {"sign_in": _arrive, "link": _arrive_linking, "step_up": _arrive_again}


async def _next(request: AnyRequest, otherwise: str) -> str:
    asked = last(await read_pairs(request), "next")
    return asked if is_same_site_path(asked) else otherwise


handlers = handlers_of(
    {"provider_sign_in": _sign_in, "provider_back": _back, "provider_link": _link, "provider_step_up": _step_up}
)
