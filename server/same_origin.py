from urllib.parse import urlsplit

from litestar.handlers import BaseRouteHandler

from server.problems import Problem, is_sync
from server.request import AnyConnection

SAFE = {"GET", "HEAD", "OPTIONS"}


async def same_origin(connection: AnyConnection, handler: BaseRouteHandler) -> None:  # Litestar runs others in a thread
    """Refuse what another site makes a person's browser ask of us."""
    if _is_program(connection):
        return
    if connection.scope.get("method") not in SAFE:
        allowed = _is_ours(connection)
    else:
        allowed = handler.opt.get("for") == "anyone" or not _is_fetched_elsewhere(connection)
    if not allowed:
        raise Problem(403, "cross_site")


def is_same_site_path(url: str) -> bool:
    """Tell whether a redirect there stays here: browsers read backslashes as slashes and drop control characters."""
    return url.startswith("/") and not url.startswith("//") and "\\" not in url and url.isprintable()


def _is_program(connection: AnyConnection) -> bool:
    # No browser adds a bearer token by itself, and without a cookie there is nothing to borrow.
    headers = connection.headers
    has_token = headers.get("authorization", "").lower().startswith("bearer ")
    return "cookie" not in headers and (has_token or is_sync(connection.scope["path"]))


def _is_ours(connection: AnyConnection) -> bool:
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # Browsers leave Sec-Fetch-Site out on plain http beyond this machine; old ones never send it.
    return connection.headers.get("origin") in _own_origins(connection)


def _own_origins(connection: AnyConnection) -> set[str]:
    public = urlsplit(connection.app.state.settings.public_url)
    asked = f"{connection.scope['scheme']}://{connection.headers.get('host', '')}"
    return {f"{public.scheme}://{public.netloc}", asked}


def _is_fetched_elsewhere(connection: AnyConnection) -> bool:
    headers = connection.headers
    return (
        headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}
        and headers.get("sec-fetch-mode") != "navigate"
    )
