"""The OpenID providers that an operator names in the environment; README's Settings say how."""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import msgspec

NAMES = "UNLEARN_OIDC"
NAME = re.compile(r"[a-z][a-z0-9]{0,31}")
PARTS = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "LABEL")
MOST_CHARACTERS = 512  # of one variable


class BadProvider(Exception):
    """A provider that cannot be: its text is the one line the operator reads, and holds no secret."""


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """One provider: its name in our addresses, what people know it by, and what it knows us by."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str

    def __repr__(self) -> str:  # without the secret
        return f"{self.name} ({self.issuer})"


def read_providers(environment: Mapping[str, str]) -> tuple[Provider, ...]:
    """Read the providers in the order in which they are named, or raise BadProvider for the first that cannot be."""
    names = [name.strip() for name in environment.get(NAMES, "").split(",") if name.strip()]
    for name in names:
        if not NAME.fullmatch(name):
            raise BadProvider(f"{NAMES} names {name!r}, but a provider's name must be small letters and digits")
    providers = tuple(_read_provider(environment, name) for name in names)
    for what, values in (("name", names), ("issuer", [each.issuer for each in providers])):
        if twice := next((value for value in values if values.count(value) > 1), None):
            raise BadProvider(f"{NAMES} has two providers with the {what} {twice!r}, but must have one")
    return providers


def provider_variables(environment: Mapping[str, str]) -> list[str]:
    """Every variable that the named providers may have."""
    names = [name.strip() for name in environment.get(NAMES, "").split(",")]
    return [variable(name, part) for name in names for part in PARTS if name]


def shown_providers(providers: Sequence[Provider]) -> list[dict[str, str]]:
    """What pages say of the providers: names and labels, and nothing else."""
    return [{"name": each.name, "label": each.label} for each in providers]


def variable(name: str, part: str) -> str:
    """The environment's name for a part of a provider."""
    return f"{NAMES}_{name.upper()}_{part}"


def is_trusted_url(url: str) -> bool:
    """Whether what is sent there is read by nobody on the way: https, or this machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or parts.fragment or not url.isprintable() or " " in url:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _read_provider(environment: Mapping[str, str], name: str) -> Provider:
    values = {part: environment.get(variable(name, part), "").strip() for part in PARTS}
    for part, value in values.items():
        if not value and part != "LABEL":
            raise BadProvider(f"{variable(name, part)} is missing, but {NAMES} names {name!r}")
        if not value.isprintable() or len(value) > MOST_CHARACTERS:
            raise BadProvider(f"{variable(name, part)} must be printable and at most {MOST_CHARACTERS} characters")
    issuer = values["ISSUER"]
    if not is_trusted_url(issuer) or urlsplit(issuer).query:
        raise BadProvider(f"{variable(name, 'ISSUER')} is {issuer!r}, but must be an https:// address")
    return Provider(
        name=name,
        label=values["LABEL"] or name.capitalize(),
        issuer=issuer,
        client_id=values["CLIENT_ID"],
        client_secret=values["CLIENT_SECRET"],
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
