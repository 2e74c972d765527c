"""Files that are nobody's words: the shell, the worker's script, the manifest and the icons."""

import functools
from pathlib import Path

import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from server.choices import language_of
from server.codings import accepted_coding
from server.places import WEB
from server.problems import Problem
from server.request import AnyRequest, storage_of
from server.routes import routes
from server.shell import Shell, ShellFile, manifest_path, media_type

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
    headers = {"Cache-Control": FOREVER, "ETag": f'"{version}"'}
    if request.headers.get("if-none-match"):
        return Response(b"", status_code=304, headers=headers)  # whoever has this address has its content
    return _compressed(request, found, headers)


@get("/worker.js")
async def worker(request: AnyRequest) -> Response[bytes]:
    """The worker's script: a new version of anything makes a new script, so browsers notice."""
    headers = {"Cache-Control": ASK_AGAIN, "Service-Worker-Allowed": "/"}
    return _compressed(request, request.app.state.shell.worker, headers)


@get("/keys/{file:str}")
async def key_file(request: AnyRequest, file: FromPath[str]) -> Response[bytes]:
    """A script that makes keys from passphrases."""
    found: ShellFile | None = request.app.state.shell.keys.get(file)
    if not found:
        raise Problem(404, "not_found")
    return _compressed(request, found, {"Cache-Control": ASK_AGAIN})


@get("/manifest.webmanifest")
async def manifest(request: AnyRequest) -> Response[bytes]:
    """What a browser needs to install the app, in the person's language."""
    shell: Shell = request.app.state.shell
    headers = {"Cache-Control": ASK_AGAIN, "Vary": "Accept-Language, Cookie"}
    return _compressed(request, shell.files[manifest_path(language_of(request))], headers)


@get("/icons/{file:path}")
async def icon(file: FromPath[Path]) -> Response[bytes]:
    """An icon or a picture of the app."""
    return _icon(str(file).lstrip("/"))


@get("/favicon.ico")
async def favicon() -> Response[bytes]:
    """The icon that browsers ask for unasked."""
    return _icon("192.png")


@get("/robots.txt")
async def robots() -> Response[str]:
    """What search engines may show: pages that are the same for everybody (RFC 9309)."""
    pages = [route.path for route in routes() if route.template and route.whose == "anyone"]
    allowed = [path.removesuffix("{id}") if "{id}" in path else f"{path}$" for path in pages]
    lines = ["User-agent: *", "Disallow: /", *(f"Allow: {path}" for path in [*allowed, "/shell/", "/icons/"])]
    return Response("\n".join(lines) + "\n", media_type="text/plain", headers={"Cache-Control": A_DAY})


@get("/health")
async def health(request: AnyRequest) -> Response[bytes]:
    """Whether the server can read its database."""
    await storage_of(request).ping()
    body = msgspec.json.encode({"status": "ok", "version": request.app.state.shell.version})
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


def _icon(path: str) -> Response[bytes]:
    body = _icons().get(path)
    if body is None:
        raise Problem(404, "not_found")
    return Response(body, media_type=media_type(path), headers={"Cache-Control": A_DAY})


@functools.cache
def _icons() -> dict[str, bytes]:
    """Every icon by its path; what is not here is not there, whatever a path says."""
    folder = WEB / "icons"
    found = [path for path in folder.rglob("*") if path.suffix in (".png", ".svg")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _compressed(request: AnyRequest, file: ShellFile, headers: dict[str, str]) -> Response[bytes]:
    """The file as the browser likes it."""
    encoding = accepted_coding(request)
    vary = ", ".join(filter(None, ["Accept-Encoding", headers.get("Vary")]))
    content = {"Content-Encoding": encoding} if encoding else {}
    return Response(file.bodies[encoding], media_type=file.media_type, headers={**headers, **content, "Vary": vary})


handlers: list[HTTPRouteHandler] = [shell_file, worker, key_file, manifest, icon, favicon, robots, health]
