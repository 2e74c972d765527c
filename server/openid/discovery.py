"""What a provider says of itself (OpenID Connect Discovery 1.0), and the keys that it signs with."""

from contextlib import suppress
from typing import Any

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, KeySet, OKPKey, RSAKey

from server.openid.fetching import fetch
from server.openid.providers import Provider, is_trusted_url
from server.openid.refusals import NotProven

KEPT_MS = 60 * 60 * 1000  # a key that a provider takes back works here for an hour at most


class Metadata(msgspec.Struct, frozen=True):
    """The parts of a provider's discovery document that are used here."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class Jwks(msgspec.Struct):
    keys: list[dict[str, Any]]


class Discovery:
    """A provider's metadata and keys, kept for an hour."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._metadata: tuple[int, Metadata] | None = None
        self._keys: tuple[int, KeySet] | None = None

    async def metadata(self, now: int) -> Metadata:
        """What the provider says of itself; `now` is in ms."""
        if not self._metadata or not _is_fresh(self._metadata[0], now):
            found = await fetch(_address(self._provider.issuer), Metadata)
            _check(self._provider, found)
            self._metadata = (now, found)
        return self._metadata[1]

    async def keys(self, now: int, *, fresh: bool = False) -> KeySet:
        """The keys that the provider signs with; `fresh` asks again, for it may have changed them."""
        if fresh or not self._keys or not _is_fresh(self._keys[0], now):
            metadata = await self.metadata(now)
            self._keys = (now, _key_set(await fetch(metadata.jwks_uri, Jwks)))
        return self._keys[1]


def _address(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def _is_fresh(fetched: int, now: int) -> bool:
    return fetched <= now < fetched + KEPT_MS


def _check(provider: Provider, found: Metadata) -> None:
    if found.issuer != provider.issuer:
        raise NotProven("metadata of another issuer")
    used = [found.authorization_endpoint, found.token_endpoint, found.jwks_uri]
    optional = [found.userinfo_endpoint, found.end_session_endpoint]
    if not all(map(is_trusted_url, [*used, *(url for url in optional if url)])):
        raise NotProven("metadata with an address that is not https")


def _key_set(jwks: Jwks) -> KeySet:
    """The public keys for signatures; others, and what is none, are passed over as RFC 7517 §5 says."""
    keys: list[Any] = []
    for data in jwks.keys:
        if data.get("use", "sig") == "sig":
            with suppress(JoseError, ValueError, TypeError, KeyError):
                key = JWKRegistry.import_key(data)
                keys += [key] if isinstance(key, RSAKey | ECKey | OKPKey) else []
    return KeySet(keys)
