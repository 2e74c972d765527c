"""What a passkey is to sign: fresh and random, good for one answer within a few minutes, in the browser that asked.

The challenge is a ticket's secret. The ticket notes a cookie of that browser's own, so that an answer to somebody else's
challenge is worth nothing in it: nobody is signed in to an account that is not theirs.
"""

import secrets

from litestar import Response
from litestar.datastructures import Cookie

from server.clock import now_ms
from server.credentials import SECRET_BYTES, hash_secret
from server.request import AnyRequest, storage_of
from server.sessions import is_secure, read_cookie
from server.settings import Settings
from server.tickets import new_ticket, take_ticket

GOOD_FOR_MS = 5 * 60 * 1000  # as long as a device is asked to wait


async def new_challenge(request: AnyRequest, purpose: str, account: str = "") -> tuple[str, Cookie]:
    """Make what is to be signed, for an account where it is known, and the cookie that ties it to this browser."""
    browser = _browser(request) or secrets.token_urlsafe(SECRET_BYTES)
    secret = await new_ticket(
        storage_of(request), purpose, hash_secret(browser), now_ms(), GOOD_FOR_MS, account=account
    )
    return secret, _cookie(request.app.state.settings, browser)


def asking(options: str, cookie: Cookie) -> Response[bytes]:
    """What a device is asked, as an answer to the script that hands it on."""
    headers = {"Cache-Control": "no-store"}
    return Response(options.encode(), status_code=200, media_type="application/json", headers=headers, cookies=[cookie])


async def take_challenge(request: AnyRequest, challenge: str, purpose: str, account: str = "") -> bool:
    """Tell whether this browser was asked to sign it, for this and for whom. Taking it ends it, whatever the answer is worth."""
    browser = _browser(request)
    ticket = await take_ticket(storage_of(request), challenge, purpose, now_ms())
    return bool(ticket and browser and ticket.body == hash_secret(browser) and ticket.account == account)


def _browser(request: AnyRequest) -> str | None:
    return read_cookie(list(request.scope["headers"]), _cookie_name(request.app.state.settings))


def _cookie(settings: Settings, value: str) -> Cookie:
    return Cookie(
        key=_cookie_name(settings),
        value=value,
        path="/",
        max_age=GOOD_FOR_MS // 1000,
        secure=is_secure(settings),
        httponly=True,
        samesite="strict",
    )


def _cookie_name(settings: Settings) -> str:
    return "__Host-unlearn-asked" if is_secure(settings) else "unlearn-asked"
