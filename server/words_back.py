"""A form that comes when its session is over: its words go back to the page, in a form to send again, and are kept nowhere."""

from typing import Any

import msgspec
from litestar import Response

from server.form_body import read_pairs
from server.here import here_of
from server.html import html
from server.problems import wants_json
from server.request import AnyRequest
from server.sessions import signed_out
from server.views.you import problem_page

UNTYPED = {
    "id",
    "journal",
    "seen",
    "was",
    "zone",
    "onward",
    "draft",
    "place",
    "library",
}  # what a form of ours sends along
MOST_BYTES = 1024 * 1024  # a form's words take far fewer, and whoever is signed out gets no more sent back


async def words_back(request: AnyRequest) -> Response[Any]:
    """The page with the words, or the usual refusal where a program asks, or there are none."""
    length = request.headers.get("content-length", "")
    if wants_json(request) or not length.isascii() or not length.isdigit() or int(length) > MOST_BYTES:
        raise signed_out()
    pairs = await read_pairs(request)
    typed = [value for name, value in pairs if value and name not in UNTYPED]
    if not typed:
        raise signed_out()
    here = msgspec.structs.replace(here_of(request, None), keeping="unknown")
    again = {
        "action": here.path,
        "fields": [{"name": name, "value": value} for name, value in pairs],
        "text": "\n\n".join(typed),
        "label": here.words["problems"]["actions"]["again"],
    }
    return html("problem.html", {**problem_page(here, "words_back"), "forms": [again]}, 401)
