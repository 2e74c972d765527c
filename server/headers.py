import secrets
from typing import Any, cast

import msgspec
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from server.places import WEB
from server.request import AnyConnection

NONCE_BYTES = 16
# The one script that runs WebAssembly: it has passphrases, and can reach nothing.
KEY_WORKER = "/keys/worker.js"
KEY_WORKER_POLICY = (
    "default-src 'none'; script-src 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types"
)
HSTS = "max-age=31536000"  # a year, in seconds


class Headers(msgspec.Struct, frozen=True):
    """web/headers.json: what every answer carries, and what a page adds unless it says otherwise."""

    every: dict[str, str]
    page: dict[str, str]


HEADERS = msgspec.json.decode((WEB / "headers.json").read_bytes(), type=Headers)


def nonce(connection: AnyConnection) -> str:
    """Give this answer's nonce, the same one to its page and to its headers."""
    return _nonce(connection.scope)


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar's before_send hook: it sees every answer to a browser, refused and unrouted ones too."""
    if message["type"] != "http.response.start" or _is_program(scope):
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.every.items():
        headers[name] = value.replace("{nonce}", _nonce(scope))
    if scope["path"] == KEY_WORKER:
        headers["Content-Security-Policy"] = KEY_WORKER_POLICY
    for name, value in HEADERS.page.items():
        headers.setdefault(name, value)
    if scope["litestar_app"].state.settings.public_url.startswith("https:"):
        headers["Strict-Transport-Security"] = HSTS


def _is_program(scope: Scope) -> bool:
    # No browser adds a bearer token by itself. What guards browsers is ten times as long as "nothing new".
    headers = dict(scope["headers"])
    return headers.get(b"authorization", b"")[:7].lower() == b"bearer " and b"cookie" not in headers


def _nonce(scope: Scope) -> str:
    kept = cast(dict[str, Any], scope)
    value: str = kept.setdefault("unlearn.nonce", secrets.token_urlsafe(NONCE_BYTES))
    return value
