"""Files that are nobody's words: the shell, the worker's script, the manifest and the icons."""

from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from server.pages import language_of
from server.places import WEB
from server.problems import Problem
from server.shell import Shell, media_type

AnyRequest = Request[Any, Any, Any]

FOREVER = "public, max-age=31536000, immutable"  # a year, in seconds; another content has another address
ASK_AGAIN = "no-cache"
A_DAY = "public, max-age=86400"


@get("/shell/{version:str}/{file:path}")
async def shell_file(request: AnyRequest, version: FromPath[str], file: FromPath[Path]) -> Response[bytes]:
    """A file of the shell, compressed as the browser likes it."""
    shell: Shell = request.app.state.shell
    found = shell.files.get(str(file).lstrip("/"))
    if version != shell.version or not found:
        raise Problem(404, "not_found")
    encoding = _encoding(request)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(found.bodies[encoding], media_type=found.media_type, headers=headers)


@get("/worker.js")
async def worker(request: AnyRequest) -> Response[bytes]:
    """The worker's script: a new version of anything makes a new script, so browsers notice."""
    headers = {"Cache-Control": ASK_AGAIN, "Service-Worker-Allowed": "/"}
    return Response(request.app.state.shell.worker, media_type="text/javascript", headers=headers)


@get("/manifest.webmanifest")
async def manifest(request: AnyRequest) -> Response[bytes]:
    """What a browser needs to install the app, in the person's language."""
    body = (WEB / f"manifest.{language_of(request)}.json").read_bytes()
    headers = {"Cache-Control": ASK_AGAIN, "Vary": "Accept-Language, Cookie"}
    return Response(body, media_type="application/manifest+json", headers=headers)


@get("/icons/{file:path}")
async def icon(file: FromPath[Path]) -> Response[bytes]:
    """An icon or a picture of the app."""
    return _icon(str(file).lstrip("/"))


@get("/favicon.ico")
async def favicon() -> Response[bytes]:
    """The icon that browsers ask for unasked."""
    return _icon("192.png")


@get("/health")
async def health(request: AnyRequest) -> Response[bytes]:
    """Whether the server can read its database."""
    await request.app.state.storage.ping()
    body = msgspec.json.encode({"status": "ok", "version": request.app.state.shell.version})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


def _icon(path: str) -> Response[bytes]:
    found = (WEB / "icons" / path).resolve()
    if not found.is_relative_to(WEB / "icons") or found.suffix not in (".png", ".svg") or not found.is_file():
        raise Problem(404, "not_found")
    return Response(found.read_bytes(), media_type=media_type(path), headers={"Cache-Control": A_DAY})


def _encoding(request: AnyRequest) -> str:
    accepted = {part.split(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")


handlers: list[HTTPRouteHandler] = [shell_file, worker, manifest, icon, favicon, health]
