"""A page as an answer. Twin: web/phone/html.js."""

from litestar import Response

from server.templates import render
from server.views.frame import Context


def html(template: str, context: Context, status: int) -> Response[str]:
    """The template's page, which no cache keeps: its words are somebody's."""
    headers = {"Cache-Control": "no-store"}
    return Response(render(template, context), status_code=status, media_type="text/html", headers=headers)
