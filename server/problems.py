import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from server.request import AnyRequest
from server.storage import Unavailable

log = logging.getLogger("unlearn")

ProblemPage = Callable[[AnyRequest, int, str], Response[Any]]

CODES = {
    400: "malformed",
    401: "signed_out",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    413: "too_large",
    429: "slow_down",
    503: "unavailable",
}


class Problem(Exception):
    """A refusal whose code stays the same for good; its words are in web/words under problems."""

    def __init__(
        self,
        status: int,
        code: str,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


def answer_problem(request: AnyRequest, problem: Problem) -> Response[Any]:
    """Answer a program with RFC 9457's JSON, a person with a page."""
    if problem.code == "step_up" and not wants_json(request):
        return _lead_to_step_up(request)
    answer = _json(problem) if wants_json(request) else _page(request, problem)
    answer.headers.update(problem.headers)
    return answer


def answer_litestar(request: AnyRequest, refusal: HTTPException) -> Response[Any]:
    """Give Litestar's own refusals our codes; its details may quote what was sent, so they stay here."""
    status = refusal.status_code
    if status >= 500 and status not in CODES:
        return answer_unexpected(request, refusal)
    code = CODES.get(status, "malformed")
    return answer_problem(request, Problem(status, code, refusal.headers))


def answer_unavailable(request: AnyRequest, _: Unavailable) -> Response[Any]:
    """Say that the database needs a moment."""
    return answer_problem(request, Problem(503, "unavailable", {"Retry-After": "30"}))


def answer_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """Log where an error nobody foresaw came from, and say only that it happened."""
    _log(request, error)
    return answer_problem(request, Problem(500, "unexpected"))


def wants_json(request: AnyRequest) -> bool:
    """Tell programs from people."""
    return (
        "json" in request.headers.get("accept", "")
        or is_sync(request.scope["path"])
        or request.headers.get("authorization", "").lower().startswith("bearer ")
    )


def is_sync(path: str) -> bool:
    """Tell the addresses that devices use, never a person."""
    return path == "/sync" or path.startswith("/sync/")


def _json(problem: Problem) -> Response[Any]:
    body = {
        "type": "about:blank",
        "title": _phrase(problem.status),
        "status": problem.status,
        "code": problem.code,
        **problem.extra,
    }
    return Response(msgspec.json.encode(body), status_code=problem.status, media_type="application/problem+json")


def _page(request: AnyRequest, problem: Problem) -> Response[Any]:
    page: ProblemPage | None = request.app.state.get("problem_page")
    try:
        if page:
            return page(request, problem.status, problem.code)
    except Exception as error:  # noqa: BLE001 - the page that reports failures must not fail
        _log(request, error)
    words = f"{problem.status} {_phrase(problem.status)}"
    return Response(words, status_code=problem.status, media_type="text/plain")


def _lead_to_step_up(request: AnyRequest) -> Response[Any]:
    """The page that asks who they are, which leads back here; from a form, to the page that it stood on."""
    asked = str(request.url) if request.method == "GET" else request.headers.get("referer", "")
    parts = urlsplit(asked)
    path = f"{parts.path or '/you'}{f'?{parts.query}' if parts.query else ''}"
    return Redirect(f"/you/step-up?next={quote(path, safe='')}", status_code=303)


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase


def _log(request: AnyRequest, error: BaseException) -> None:
    route = request.scope.get("path_template", "no route")
    log.error("unexpected at %s %s\n%s", request.method, route, "\n".join(_frames(error)))


def _frames(error: BaseException | None) -> Iterator[str]:
    # Messages of errors can quote what a person wrote; lines of our own code cannot.
    while error:
        yield type(error).__qualname__
        yield from traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__


exception_handlers: ExceptionHandlersMap = {
    Problem: answer_problem,
    HTTPException: answer_litestar,
    Unavailable: answer_unavailable,
    Exception: answer_unexpected,
}
