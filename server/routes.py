"""The route table, web/routes.json: which addresses there are, whose they are, and which host answers them."""

import functools
from collections.abc import Sequence
from typing import Literal

import msgspec
from litestar.handlers import ASGIRouteHandler, HTTPRouteHandler

from server.kinds import kinds
from server.places import WEB

Handler = HTTPRouteHandler | ASGIRouteHandler


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One address. `whose` is "person" when only the journal's owner may ask, "anyone" when it is public.

    With the lock on, one that is `open` answers as ever, and one that `saves` keeps the words that it is sent.
    """

    method: Literal["GET", "POST"]
    path: str
    name: str
    whose: Literal["person", "anyone"] = msgspec.field(name="for")
    on: list[str]
    each: str = ""
    kind: str = ""
    template: str = ""
    fragment: str = ""
    open: bool = False
    saves: bool = False


@functools.cache
def routes() -> list[Route]:
    """Every route; a row that stands for each kind is one route for each, unless a row before it says otherwise."""
    rows = msgspec.json.decode((WEB / "routes.json").read_bytes(), type=list[Route])
    found: dict[tuple[str, str], Route] = {}
    for row in rows:
        for route in _each_kind(row):
            found.setdefault((route.method, route.path), route)
    return list(found.values())


@functools.cache
def server_pages() -> frozenset[str]:
    """The addresses of pages that no phone answers."""
    return frozenset(route.path for route in routes() if route.method == "GET" and route.on == ["server"])


def owned(handlers: Sequence[Handler]) -> list[Handler]:
    """The handlers, each marked with whose it is; one that is not in the table is refused."""
    whose = {(route.method, _bare(route.path)): route.whose for route in routes()}
    for handler in handlers:
        methods = handler.http_methods if isinstance(handler, HTTPRouteHandler) else ["POST"]  # a plain ASGI one
        asked = [(str(method), _bare(path)) for method in methods for path in handler.paths]
        for key in asked:
            if key not in whose and key[0] not in ("HEAD", "OPTIONS"):
                raise LookupError(f"{key[0]} {key[1]} is not in web/routes.json")
        handler.opt["for"] = next(whose[key] for key in asked if key in whose)
    return list(handlers)


def litestar_path(route: Route) -> str:
    """The route's path as Litestar writes it."""
    return route.path.replace("{id}", "{id:str}").replace("{version}", "{version:str}")


def methods(route: Route) -> list[Literal["GET", "HEAD", "POST"]]:
    """How the route's address may be asked: whoever checks links wants the head of a public page alone."""
    is_open = route.method == "GET" and route.whose == "anyone"
    return ["GET", "HEAD"] if is_open else [route.method]


def _each_kind(row: Route) -> list[Route]:
    if not row.each:
        name = next((kind.kind for kind in kinds().values() if row.path.startswith(f"/{kind.plural}/")), row.kind)
        return [msgspec.structs.replace(row, kind=name)]
    return [
        msgspec.structs.replace(row, path=row.path.replace("{kinds}", kind.plural), kind=kind.kind)
        for kind in kinds().values()
    ]


def _bare(path: str) -> str:
    return path.replace(":str}", "}") or "/"
