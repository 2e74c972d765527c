"""Who may make an account: everybody, whoever has an invitation, or nobody, as UNLEARN_SIGN_UP says.

However somebody makes one, the row is added inside `async with signing_up(request):`. An invitation rides in a cookie
from the page that took it (/invited), so that no form and no provider needs to carry it along.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from server.answers import handlers_of
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.problems import Problem
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import is_secure, person
from server.settings import Settings, SignUp
from server.storage import Storage
from server.tickets import new_ticket, read_ticket, take_ticket
from server.views.invited import invited_page

PURPOSE = "invitation"
DAY_MS = 24 * 60 * 60 * 1000
COOKIE_S = 24 * 60 * 60  # how long a browser remembers that it was invited


async def may_sign_up(request: AnyRequest, invitation: str = "") -> None:
    """Raise Problem sign_up_closed, invitation_needed or invitation_spent where no account may be made.

    Uses nothing up: for pages, and for what begins before the account is made. `invitation` goes before the cookie's.
    """
    if not _takes_anybody(request):
        secret = _invitation(request, invitation)
        if not await read_ticket(storage_of(request), secret, PURPOSE, now_ms()):
            raise _spent()


@asynccontextmanager
async def signing_up(request: AnyRequest, invitation: str = "") -> AsyncIterator[None]:
    """Make one account in here: asks as `may_sign_up` does and uses the invitation up, unless no account was made."""
    if _takes_anybody(request):
        yield
        return
    taken = await take_ticket(storage_of(request), _invitation(request, invitation), PURPOSE, now_ms())
    if not taken:
        raise _spent()
    try:
        yield
    except BaseException:
        await storage_of(request).add(taken)
        raise


async def invite(storage: Storage, settings: Settings, days: int, now: int) -> str:
    """Make a link with which one person can make an account within that many days; its secret is in no log."""
    return f"{settings.public_url}/invited#{await new_ticket(storage, PURPOSE, '', now, days * DAY_MS)}"


def _takes_anybody(request: AnyRequest) -> bool:
    sign_up: SignUp = request.app.state.settings.sign_up
    if sign_up == "closed":
        raise Problem(403, "sign_up_closed")
    return sign_up == "open"


def _invitation(request: AnyRequest, given: str) -> str:
    secret = given or request.cookies.get(_cookie_name(request), "")
    if not secret:
        raise Problem(403, "invitation_needed")
    return secret


def _spent() -> Problem:
    return Problem(403, "invitation_spent")


async def _show(request: AnyRequest, _: Route) -> Response[Any]:
    return html("account/from_link.html", invited_page(here_of(request, await person(request))), 200)


async def _take(request: AnyRequest, _: Route) -> Response[Any]:
    secret = last(await read_pairs(request), "secret").strip().rpartition("#")[2]  # a whole link may be pasted
    if not await read_ticket(storage_of(request), secret, PURPOSE, now_ms()):
        page = invited_page(here_of(request, await person(request)), _spent().code)
        return html("account/from_link.html", page, 403)
    secure = is_secure(request.app.state.settings)
    cookie = Cookie(_cookie_name(request), value=secret, max_age=COOKIE_S, secure=secure, httponly=True, samesite="lax")
    return Redirect("/you#account", status_code=303, cookies=[cookie])


def _cookie_name(request: AnyRequest) -> str:
    return "__Host-unlearn-invitation" if is_secure(request.app.state.settings) else "unlearn-invitation"


handlers = handlers_of({"invited": _show, "take_invitation": _take})
