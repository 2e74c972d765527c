"""What the environment decides, read once and frozen. README's Settings table documents every name."""

import difflib
import ipaddress
import os
import re
import socket
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

import msgspec

from server.lifelines import BadLifelines, read_lifelines
from server.mail_server import MailServer, read_mail_server
from server.openid.providers import BadProvider, Provider, provider_variables, read_providers
from server.proxies import Network, read_proxies

SQLITE = "sqlite:///"
HOST = r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?"
POSTGRES = re.compile(rf"postgres(?:ql)?://(?:[^@/?#\s]*@)?({HOST}(?:,{HOST})*)?/[^/?#\s]+(?:\?[^#\s]*)?")
PORTS = re.compile(r":([0-9]+)(?=,|$)")
PASSWORD = re.compile(r"(?<=:)(?!//).+(?=@)|(?<=[?&]password=)[^&]*")  # up to the last @: passwords have some too
ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")
DEFAULT_PORTS = {"http": 80, "https": 443}
MOST_DAYS = 400  # browsers keep no cookie for longer
LOG_LEVELS = ("debug", "info", "warning", "error")

SignUp = Literal["open", "invitation", "closed"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    host: str
    port: int
    data: Path
    database_url: str
    public_url: str  # an origin: scheme, host and port, no slash at the end
    log_level: str
    lifelines: Path | None  # the operator's own crisis lines
    session_idle_days: int  # a session that is not used for so long ends
    session_days: int  # and so does one that is so old, used or not
    sign_up: SignUp  # who may make an account
    smtp_url: MailServer | None
    trusted_proxies: tuple[Network, ...]  # whose X-Forwarded-For is believed
    oidc: tuple[Provider, ...]  # who else people may sign in with

    @property
    def is_postgres(self) -> bool:
        """Whether the database is PostgreSQL's, not a file."""
        return not self.database_url.startswith(SQLITE)

    @property
    def database(self) -> Path:
        """SQLite's file."""
        return Path(self.database_url.removeprefix(SQLITE)).absolute()

    @property
    def is_local(self) -> bool:
        """Whether this machine alone can reach the server."""
        return _is_loopback(self.host)


class BadSetting(Exception):
    """A setting that cannot be: its text is the one line the operator reads."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read every setting, or raise BadSetting for the first that cannot be."""
    _refuse_unknown_names(environment)
    read = partial(_read, environment)
    host: str = read("host", "127.0.0.1", _host)
    port: int = read("port", "8000", _port)
    data: Path = read("data", "var", _folder)
    return Settings(
        host=host,
        port=port,
        data=data,
        database_url=read("database_url", f"{SQLITE}{data / 'unlearn.sqlite3'}", _database_url),
        public_url=read("public_url", f"http://{_name_for_people(host)}:{port}", _public_url),
        log_level=read("log_level", "info", _log_level),
        lifelines=read("lifelines", "", _lifelines),
        session_idle_days=read("session_idle_days", "30", _days),
        session_days=read("session_days", "180", _days),
        sign_up=read("sign_up", "open", _sign_up),
        smtp_url=read("smtp_url", "", read_mail_server),
        trusted_proxies=read("trusted_proxies", "", read_proxies),
        oidc=_providers(environment),
    )


def variable(field: str) -> str:
    """Give the environment's name for a field of Settings."""
    return f"UNLEARN_{field.upper()}"


def without_password(text: str) -> str:
    """Give a URL as it may be printed."""
    return PASSWORD.sub("***", text)


def _refuse_unknown_names(environment: Mapping[str, str]) -> None:
    known = [*(variable(field) for field in Settings.__struct_fields__), *provider_variables(environment)]
    for name in environment:
        if name.startswith("UNLEARN_") and name not in known:
            nearest = difflib.get_close_matches(name, known, n=1, cutoff=0)
            raise BadSetting(f"{name} is not a setting; did you mean {nearest[0]}?")


def _read(environment: Mapping[str, str], field: str, default: str, parse: Callable[[str], Any]) -> Any:
    text = environment.get(variable(field), default)
    try:
        return parse(text)
    except ValueError as wrong:
        raise BadSetting(f"{variable(field)} is {without_password(text)!r}, but must be {wrong}") from wrong


def _host(text: str) -> str:
    try:
        socket.getaddrinfo(text, None, flags=socket.AI_PASSIVE)
    except OSError as unknown:
        raise ValueError("an address or name of this machine, such as 127.0.0.1 or 0.0.0.0") from unknown
    return text


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ValueError("a whole number from 1 to 65535")
    return int(text)


def _folder(text: str) -> Path:
    folder = Path(text).absolute()
    # On Linux /proc and /sys take no folders, whoever asks; os.access knows of permissions alone.
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not text or not there.is_dir() or not os.access(there, os.W_OK) or there.is_relative_to("/proc"):
        raise ValueError("a folder that can be written to")
    return folder


def _database_url(text: str) -> str:
    if not _is_file(text) and not _is_server(text):
        raise ValueError(f"{SQLITE} and the path of a file, or postgresql://user:password@host/name")
    return text


def _is_file(text: str) -> bool:
    return text.startswith(SQLITE) and text != SQLITE


def _is_server(text: str) -> bool:
    found = POSTGRES.fullmatch(text)
    return found is not None and all(int(port) <= 65535 for port in PORTS.findall(found[1] or ""))


def _public_url(text: str) -> str:
    wanted = "http:// or https:// with a host and no path, such as https://journal.example.org"
    found = ORIGIN.fullmatch(text.rstrip("/").lower())
    if not found:
        raise ValueError(wanted)
    scheme, host, port = found.groups()
    if port and not 1 <= int(port) <= 65535:
        raise ValueError(wanted)
    # Browsers leave a scheme's own port out of an origin.
    return f"{scheme}://{host}" if not port or int(port) == DEFAULT_PORTS[scheme] else f"{scheme}://{host}:{int(port)}"


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"one of {', '.join(LOG_LEVELS)}")
    return text.lower()


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
        raise ValueError(f"a whole number of days from 1 to {MOST_DAYS}")
    return int(text)


def _lifelines(text: str) -> Path | None:
    if not text:
        return None
    try:
        read_lifelines(Path(text))
    except BadLifelines as fault:
        raise ValueError(f"a file of crisis lines in the shape of web/lifelines.json ({fault})") from fault
    return Path(text).absolute()


def _sign_up(text: str) -> SignUp:
    try:
        sign_up: SignUp = msgspec.convert(text.lower(), SignUp)
    except msgspec.ValidationError as wrong:
        raise ValueError("open, invitation or closed") from wrong
    return sign_up


def _providers(environment: Mapping[str, str]) -> tuple[Provider, ...]:
    try:
        return read_providers(environment)
    except BadProvider as fault:
        raise BadSetting(str(fault)) from fault


def _name_for_people(host: str) -> str:
    """Give the name under which a browser reaches the host: its own, or this machine's where it is every address."""
    if _is_loopback(host):
        return "localhost"
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        return _address_on_the_network()
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address_on_the_network() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737's example network: picks our outward address, sends nothing
        except OSError:
            return "localhost"
        name: str = probe.getsockname()[0]
        return name
