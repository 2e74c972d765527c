"""A person on the way to a provider and back. The client itself (client.py) takes longer to load than to ask."""

from typing import Any

import msgspec


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A person who was sent to a provider, and what their coming back is held to."""

    nonce: str
    verifier: str
    started: int  # ms
    anew: bool = False  # they have to prove who they are, however lately they did


class Claims(msgspec.Struct, frozen=True):
    """Who somebody is, as the provider says. Times are in seconds since the epoch."""

    iss: str
    sub: str
    aud: str | list[str]
    exp: float
    iat: float
    nonce: str
    azp: str | None = None
    at_hash: str | None = None
    auth_time: float | None = None
    email: str | None = None
    email_verified: Any = None
