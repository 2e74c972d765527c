"""What is answered while the lock is on: its page, at whatever address was asked for. Twin: web/phone/curtain.js."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import Response

from server.here import here_of
from server.html import html
from server.lock import keep_lock, lock_of
from server.request import AnyRequest
from server.routes import Route
from server.same_origin import is_same_site_path
from server.sessions import person
from server.views.lock import locked_page

Answer = Callable[[AnyRequest, Route], Awaitable[Response[Any]]]

LOCKED = 423  # RFC 4918
SAVED = 303  # leads on to the entry


async def behind_lock(request: AnyRequest, route: Route, answer: Answer) -> Response[Any]:
    """The answer, where the lock is off or leaves the route open; words that a form brings are kept all the same."""
    lock, now = lock_of(request), request.app.state.clock()
    if not lock or not await person(request):  # the server has no words of whoever is signed out
        return await answer(request, route)
    is_on = lock.is_on(now)
    if is_on and not route.open:
        saved = await answer(request, route) if route.saves else None
        return saved if saved and saved.status_code == SAVED else await curtain(request)
    answered = await answer(request, route)
    used = 0 if is_on or route.name == "measures" else now  # hiding locks at once
    return keep_lock(request, answered, msgspec.structs.replace(lock, used=used))


async def curtain(request: AnyRequest) -> Response[Any]:
    """The lock's page. What htmx asked for takes no part of a page: the whole page is asked for again."""
    here, path = here_of(request, await person(request)), _path_to(request)
    page = html("locked.html", locked_page(here, path), LOCKED)
    if "hx-request" in request.headers:
        page.headers["HX-Redirect"] = path
    return page


def _path_to(request: AnyRequest) -> str:
    """Where the PIN leads to: what was asked for, or the page of the form that was sent."""
    headers = request.headers
    if request.method == "GET" and headers.get("hx-request-type") != "partial":
        return _path(str(request.url))
    return _path(headers.get("hx-current-url") or headers.get("referer") or "/")


def _path(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if is_same_site_path(path) else "/"
