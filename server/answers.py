"""Handlers for addresses of the route table that are asked for by name, each behind the lock."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Response
from litestar.handlers import HTTPRouteHandler

from server.curtain import behind_lock
from server.request import AnyRequest
from server.routes import Route, litestar_path, methods, routes
from server.sessions import person
from server.words_back import words_back

Answer = Callable[[AnyRequest, Route], Awaitable[Response[Any]]]


def handlers_of(answers: Mapping[str, Answer]) -> list[HTTPRouteHandler]:
    """A handler for each route of the table whose name is in `answers`."""
    return [_handler(route, answers[route.name]) for route in routes() if route.name in answers]


def _handler(route: Route, answer: Answer) -> HTTPRouteHandler:
    async def handle(request: AnyRequest) -> Response[Any]:
        if route.saves and not await person(request):
            return await words_back(request)
        return await behind_lock(request, route, answer)

    handle.__name__ = route.name
    name, opt = f"{route.method} {route.path}", {"gives_words_back": route.saves}
    return HTTPRouteHandler(litestar_path(route), http_method=methods(route), name=name, opt=opt)(handle)
