"""The code flow with PKCE, as a client: where to send a person, and what their coming back proves."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import msgspec

from server.openid.claims import Claims, Pending
from server.openid.discovery import Discovery, Metadata
from server.openid.fetching import fetch
from server.openid.id_token import SKEW, Expected, UnknownKey, read_id_token
from server.openid.oauth import oauth, redeem
from server.openid.providers import Provider
from server.openid.refusals import NotProven


class Userinfo(msgspec.Struct, frozen=True):
    """Claims that a provider does not put into ID tokens (Core §5.3)."""

    sub: str
    email: str | None = None
    email_verified: Any = None


class Client:
    """What this server is to one provider. `redirect_uri` is where people come back to."""

    def __init__(self, provider: Provider, redirect_uri: str) -> None:
        self.provider = provider
        self._discovery = Discovery(provider)
        self._redirect_uri = redirect_uri

    async def address(self, pending: Pending, state: str, now: int) -> str:
        """Where to send a person. Raises Unreachable or NotProven, as all that asks a provider does."""
        metadata = await self._discovery.metadata(now)
        extra = {"prompt": "login", "max_age": "0"} if pending.anew else {}
        async with oauth(self.provider, metadata, self._redirect_uri) as client:
            url, _ = client.create_authorization_url(
                metadata.authorization_endpoint,
                state=state,
                nonce=pending.nonce,
                code_verifier=pending.verifier,
                **extra,
            )
        return str(url)

    async def who(self, answer: Mapping[str, str], pending: Pending, now: int) -> Claims:
        """Who came back with this answer of the provider's; `now` is in ms."""
        metadata = await self._discovery.metadata(now)
        _check_issuer(answer.get("iss"), metadata)
        tokens = await redeem(
            self.provider, metadata, self._redirect_uri, code=answer.get("code", ""), verifier=pending.verifier
        )
        expected = Expected(
            issuer=self.provider.issuer,
            client_id=self.provider.client_id,
            nonce=pending.nonce,
            access_token=tokens.access_token,
            algorithms=metadata.id_token_signing_alg_values_supported,
        )
        claims = await self._read(tokens.id_token, expected, now)
        if pending.anew and not (claims.auth_time or 0) >= pending.started / 1000 - SKEW:
            raise NotProven("somebody who proved who they are before")
        return await _with_email(claims, metadata, tokens.access_token)

    async def sign_out_address(self, back: str, now: int) -> str:
        """Where a person ends their session at the provider too, "" where it has no such thing (RP-Initiated Logout)."""
        address = (await self._discovery.metadata(now)).end_session_endpoint
        if not address:
            return ""
        query = urlencode({"client_id": self.provider.client_id, "post_logout_redirect_uri": back})
        return f"{address}{'&' if '?' in address else '?'}{query}"

    async def _read(self, token: str, expected: Expected, now: int) -> Claims:
        try:
            return read_id_token(token, await self._discovery.keys(now), expected, now / 1000)
        except UnknownKey:
            pass
        try:
            return read_id_token(token, await self._discovery.keys(now, fresh=True), expected, now / 1000)
        except UnknownKey as unknown:
            raise NotProven("a key of nobody's") from unknown


def _check_issuer(iss: str | None, metadata: Metadata) -> None:
    """Hold the answer to its sender (RFC 9207): else one provider could have the code of another redeemed."""
    if iss is None and not metadata.authorization_response_iss_parameter_supported:
        return
    if iss != metadata.issuer:
        raise NotProven("an answer of another issuer")


async def _with_email(claims: Claims, metadata: Metadata, access_token: str) -> Claims:
    if claims.email or not metadata.userinfo_endpoint:
        return claims
    found = await fetch(metadata.userinfo_endpoint, Userinfo, access_token)
    if found.sub != claims.sub:
        raise NotProven("somebody else's particulars")
    return msgspec.structs.replace(claims, email=found.email, email_verified=found.email_verified)
