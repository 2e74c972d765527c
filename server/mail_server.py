"""The server that letters are handed to, as UNLEARN_SMTP_URL names it."""

import ipaddress
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import msgspec

WANTED = (
    "smtp://user:password@host:port or smtps://user:password@host:port,"
    " with ?from=address where the user is no address (%40 for the user's own @)"
)
PORTS = {"smtp": 587, "smtps": 465}  # RFC 8314: submission, and submission inside TLS


class MailServer(msgspec.Struct, frozen=True):
    """`security` is "starttls", "tls" from the first byte, or "none", which is for this machine alone."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"{'smtps' if self.security == 'tls' else 'smtp'}://{self.host}:{self.port}?from={self.sender}"

    __str__ = __repr__  # a password is never printed


def read_mail_server(text: str) -> MailServer | None:
    """Read the URL, "" for none; ValueError says what it has to be."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        query, port = parse_qs(parts.query, strict_parsing=bool(parts.query)), parts.port
    except ValueError as wrong:
        raise ValueError(WANTED) from wrong
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    sender = query.pop("from", [user])[-1]
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or query or not _is_address(sender):
        raise ValueError(WANTED)
    return MailServer(parts.hostname, port or PORTS[parts.scheme], _security(parts), sender, user, password)


def _security(parts: SplitResult) -> Literal["starttls", "tls", "none"]:
    if parts.scheme == "smtps":
        return "tls"
    return "none" if _is_this_machine(parts.hostname or "") else "starttls"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_address(text: str) -> bool:
    name, at, host = text.partition("@")
    return bool(name and at and host) and "@" not in host and text.isprintable() and not set(text) & set(" <>,;")
