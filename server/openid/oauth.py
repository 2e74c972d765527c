"""OAuth 2.0's part of it, which is Authlib's: the address of a request, and a code redeemed for tokens."""

import base64
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote_plus

import msgspec
from authlib.common.errors import AuthlibBaseError
from authlib.deprecate import AuthlibDeprecationWarning

from server.openid.discovery import Metadata
from server.openid.fetching import asking
from server.openid.providers import Provider
from server.openid.refusals import NotProven

with warnings.catch_warnings():
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)  # it would rather have httpx2
    from authlib.integrations.httpx_client import AsyncOAuth2Client

SCOPE = "openid email"


class Tokens(msgspec.Struct, frozen=True):
    """What a code is redeemed for, as far as it matters here."""

    access_token: str
    id_token: str


@asynccontextmanager
async def oauth(provider: Provider, metadata: Metadata, redirect_uri: str) -> AsyncIterator[AsyncOAuth2Client]:
    """Authlib's client of this provider; within, what goes wrong on the line is Unreachable or NotProven."""
    methods = metadata.token_endpoint_auth_methods_supported
    async with asking() as options:
        client = AsyncOAuth2Client(
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            token_endpoint_auth_method="client_secret_basic"
            if "client_secret_basic" in methods
            else "client_secret_post",
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            **options,
        )
        client.register_client_auth_method(("client_secret_basic", _encode_basic))
        async with client:
            yield client


async def redeem(provider: Provider, metadata: Metadata, redirect_uri: str, *, code: str, verifier: str) -> Tokens:
    """Redeem a code, once, for the tokens of whoever signed in."""
    try:
        async with oauth(provider, metadata, redirect_uri) as client:
            answer = await client.fetch_token(
                metadata.token_endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        return msgspec.convert(dict(answer), Tokens)
    except AuthlibBaseError as refused:
        raise NotProven("a code that the provider does not take") from refused
    except (ValueError, TypeError, RecursionError) as odd:
        raise NotProven("no tokens") from odd


def _encode_basic(client: Any, _method: str, uri: str, headers: Any, body: str) -> tuple[str, Any, str]:
    """Say who we are as RFC 6749 §2.3.1 wants it said; Authlib leaves out the escapes."""
    pair = f"{quote_plus(client.client_id)}:{quote_plus(client.client_secret)}"
    headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return uri, headers, body
