"""What people get by mail where the operator has a mail server: a link that verifies their address, and word of a sign-in."""

from contextlib import suppress
from typing import Any

from litestar import Response

from server import choices, moments
from server.answers import handlers_of
from server.clock import now_ms
from server.credentials import read_credential
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.mail import Mail
from server.proxies import client_address
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import cookie_name, person, read_cookie
from server.settings import Settings
from server.storage import Account, Unavailable
from server.tickets import new_ticket, take_ticket
from server.views.invited import from_link_page, verified_page
from server.words import fill, words_of

PURPOSE = "verification"
MINUTE_MS = 60 * 1000
WEEK_MS = 7 * 24 * 60 * MINUTE_MS


async def write_letter(request: AnyRequest, account: Account, label: str, now: int) -> None:
    """Whoever has just made an account is asked to verify their address; others hear of a browser that is new to them."""
    mail: Mail = request.app.state.mail
    if not mail.server or "@" not in account.email:
        return
    words = words_of(choices.language_of(request))["accounts"]["mail"]
    settings: Settings = request.app.state.settings
    if now - account.created_at < MINUTE_MS:
        if account.verified_at is None:
            with suppress(Unavailable):  # the account is there; a letter is no reason to say that it is not
                secret = await new_ticket(storage_of(request), PURPOSE, account.email, now, WEEK_MS, account.account)
                _post(request, account, words["verify"], {"url": f"{settings.public_url}/verify#{secret}"})
    elif not _knows(request, account):
        when = moments.show(moments.now_in(now, ""), words_of(choices.language_of(request)))
        url = f"{settings.public_url}/you/devices"
        _post(request, account, words["signed_in"], {"label": label, "when": when, "url": url})


def _post(request: AnyRequest, account: Account, words: dict[str, Any], values: dict[str, str]) -> None:
    text = "\n\n".join(fill(line, values) for line in words["lines"])
    request.app.state.mail.post(account.email, words["subject"], f"{text}\n", client_address(request))


def _knows(request: AnyRequest, account: Account) -> bool:
    """Whether this browser was signed in to the account before: nobody else's cookie has the account's id."""
    cookie = read_cookie(list(request.scope["headers"]), cookie_name(request.app.state.settings))
    known = read_credential(cookie or "")
    return known is not None and known[0] == account.account


async def _ask(request: AnyRequest, _: Route) -> Response[Any]:
    here = here_of(request, await person(request))
    return html("account/from_link.html", from_link_page(here, "verify", "/verify"), 200)


async def _verify(request: AnyRequest, _: Route) -> Response[Any]:
    secret = last(await read_pairs(request), "secret").strip().rpartition("#")[2]  # a whole link may be pasted
    here, now = here_of(request, await person(request)), now_ms()
    ticket = await take_ticket(storage_of(request), secret, PURPOSE, now)
    # Of the address that the letter went to alone: the account may have another by now.
    key = {"account": ticket.account, "email": ticket.body} if ticket else {}
    if not ticket or not await storage_of(request).update(Account, key, verified_at=now):
        return html("account/from_link.html", from_link_page(here, "verify", "/verify", "link_spent"), 403)
    return html("account/verified.html", verified_page(here), 200)


handlers = handlers_of({"verify_form": _ask, "verify": _verify})
