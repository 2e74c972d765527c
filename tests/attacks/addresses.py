"""Every address of the running app, read from the app itself, and how to ask it for something."""

import itertools
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

import httpx
from litestar import Litestar
from litestar.routes import ASGIRoute, HTTPRoute
from litestar.types import Message, Receive, Scope, Send

from server.kinds import kinds
from tests.attacks.people import SESSION
from tests.server.house import ADDRESS, House

PARAMETER = re.compile(r"\{(\w+):\w+\}")
PLURALS = {kind.plural: kind.kind for kind in kinds().values()}
SAFE = ("GET", "HEAD", "OPTIONS")
Sent = Mapping[str, str] | list[tuple[bytes, bytes]]
OURS = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "same-origin"}

_callers = itertools.count(1)


class Address(NamedTuple):
    """One method of one route; `whose` is "person" or "anyone", None where nobody has said."""

    method: str
    path: str  # as Litestar writes it
    whose: str | None

    @property
    def name(self) -> str:
        """The address as web/routes.json writes it."""
        return f"{self.method} {PARAMETER.sub(lambda found: f'{{{found[1]}}}', self.path)}"

    def paths(self, ids: Mapping[str, str]) -> list[str]:
        """The address with these ids in it: a record's where it is for records, else each in turn."""
        if not PARAMETER.search(self.path):
            return [self.path]
        first = self.path.split("/")[1]
        each = [id for name, id in ids.items() if name != "issuer"]  # an address itself
        kind = "trait" if first == "rewire" else PLURALS.get(first, "")
        return [PARAMETER.sub(id, self.path) for id in ([ids[kind]] if kind in ids else each)]


def addresses(app: Litestar) -> list[Address]:
    """Every method of every route, but for the OPTIONS that Litestar answers by itself."""
    found = []
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                methods = sorted(map(str, handler.http_methods))
                found += [
                    Address(method, route.path, handler.opt.get("for")) for method in methods if method != "OPTIONS"
                ]
        else:
            assert isinstance(route, ASGIRoute), route  # a WebSocket would need a row of its own here
            found.append(Address("POST", route.path, route.route_handler.opt.get("for")))
    return found


async def ask(
    house: House, method: str, path: str, *, cookie: str = "", headers: Sent = OURS, **body: Any
) -> httpx.Response:
    """Ask as a browser that keeps nothing, from an address of its own: no limit on tries is to hide an answer."""
    caller = next(_callers)
    at = f"198.18.{caller // 250 % 250}.{caller % 250 + 1}"
    transport = httpx.ASGITransport(cast(Any, _until_first_event(house.app)), client=(at, 50000))
    sent = httpx.Headers(headers)
    if cookie:
        sent["Cookie"] = f"{SESSION}={cookie}"
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, trust_env=False) as browser:
        return await browser.request(method, path, headers=sent, **body)


def everything_in(answer: httpx.Response) -> str:
    """All that an answer says: its line, its headers and its body."""
    return f"{answer.status_code} {answer.headers.multi_items()} {answer.text}"


def _until_first_event(app: Litestar) -> Any:
    """The app as seen by a browser that leaves a stream of events after the first one."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        is_stream = has_left = False

        async def hear(message: Message) -> None:
            nonlocal is_stream, has_left
            if has_left:
                return
            if message["type"] == "http.response.start":
                is_stream = any(value.startswith(b"text/event-stream") for _, value in message["headers"])
            elif message["type"] == "http.response.body" and is_stream and message["body"]:
                has_left, message = True, {**message, "more_body": False}
            await send(message)

        await app(scope, receive, hear)

    return asked
