"""Which providers open an account; and, after a sign-out, the way to end the provider's session too."""

from typing import Any

import msgspec
from litestar import Response
from litestar.response import Redirect

from server.answers import handlers_of
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.journeys import sign_out_address
from server.problems import Problem
from server.provider_accounts import unlink
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import signed_in_person
from server.step_up import fresh_person
from server.storage import Identity
from server.views.providers import providers_page, signed_out_page

PAGE = "/you/providers"


async def _show(request: AnyRequest, _: Route) -> Response[Any]:
    who = await signed_in_person(request)
    identities = await storage_of(request).all(Identity, account=who.account)
    return html("account/providers.html", providers_page(here_of(request, who), identities), 200)


async def _unlink(request: AnyRequest, _: Route) -> Response[Any]:
    who, pairs = await fresh_person(request), await read_pairs(request)
    issuers = {each.issuer for each in request.app.state.settings.oidc}
    await unlink(storage_of(request), who.account, (last(pairs, "issuer"), last(pairs, "subject")), issuers)
    return Redirect(PAGE, status_code=303)


async def _signed_out(request: AnyRequest, _: Route) -> Response[Any]:
    """Where a sign-out leads after a session that a provider began; `from` is its name."""
    here = msgspec.structs.replace(here_of(request, None), keeping="unknown")
    name = here.query.get("from", "")
    label = next((each["label"] for each in here.providers if each["name"] == name), "")
    if not label:
        return Redirect("/", status_code=303)
    try:
        url = await sign_out_address(request, name)
    except Problem:
        url = ""  # here they are signed out all the same
    return html("account/signed_out.html", signed_out_page(here, url, label), 200)


handlers = handlers_of({"providers": _show, "provider_unlink": _unlink, "signed_out": _signed_out})
