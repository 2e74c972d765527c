"""What an ID token has to be before anybody believes it: OpenID Connect Core 1.0 §3.1.3.7, RFC 8725."""

import base64
import hashlib
import hmac
import warnings
from collections.abc import Sequence
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError, SecurityWarning
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry, extract_compact

from server.openid.claims import Claims
from server.openid.refusals import NotProven

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")  # never "none", and no secret shared with the provider
SKEW = 60  # seconds by which the provider's clock may be off
MOST_SUBJECT = 255  # characters (Core §2)
# A token that names its own key says nothing of who signed it; and no extension is known here.
UNWANTED = {"jwk", "jku", "x5c", "x5u", "crit", "b64"}


class UnknownKey(Exception):
    """The token names a key that is not among these: the provider may have a new one."""


class Expected(msgspec.Struct, frozen=True):
    """What the token has to say, and the access token that came with it."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str = ""
    algorithms: Sequence[str] = ALGORITHMS


def read_id_token(token: str, keys: KeySet, expected: Expected, now: float) -> Claims:
    """The claims of a token that holds at `now` (seconds). Raises NotProven, or UnknownKey when another key may help."""
    algorithms = [name for name in ALGORITHMS if name in expected.algorithms]
    try:
        header = extract_compact(token.encode()).headers()
        if header.get("alg") not in algorithms or UNWANTED & header.keys():
            raise NotProven("a header that is not to be trusted")
        claims = msgspec.convert(_verified(token, keys, algorithms), Claims)
    except InvalidKeyIdError as unknown:
        if header.get("kid"):
            raise UnknownKey from unknown
        raise NotProven("no name of a key, and several keys") from unknown
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError) as odd:
        raise NotProven(f"no token: {type(odd).__name__}") from odd
    _check(claims, expected, now)
    _check_at_hash(claims, expected, header["alg"])
    return claims


def _verified(token: str, keys: KeySet, algorithms: list[str]) -> dict[str, Any]:
    registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # RFC 9864 renames EdDSA; providers have yet to
        return jwt.decode(token, keys, algorithms, registry).claims


def _check(claims: Claims, expected: Expected, now: float) -> None:
    audience = [claims.aud] if isinstance(claims.aud, str) else claims.aud
    held = {
        "another issuer": claims.iss == expected.issuer,
        "another audience": expected.client_id in audience,
        "several audiences and no party": len(audience) == 1 or claims.azp is not None,
        "another party": claims.azp in (None, expected.client_id),
        "a token that is over": now < claims.exp + SKEW,
        "a token from the future": claims.iat <= now + SKEW,
        "another nonce": hmac.compare_digest(claims.nonce.encode(), expected.nonce.encode()),
        "nobody": 0 < len(claims.sub) <= MOST_SUBJECT and claims.sub.isascii() and claims.sub.isprintable(),
    }
    for fault, is_well in held.items():
        if not is_well:
            raise NotProven(fault)


def _check_at_hash(claims: Claims, expected: Expected, algorithm: str) -> None:
    """Hold the token to the access token that it came with, where it names one (Core §3.1.3.6)."""
    if claims.at_hash is None:
        return
    digest = (hashlib.sha512 if algorithm.startswith("Ed") else hashlib.sha256)(expected.access_token.encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).decode().rstrip("=")
    if not hmac.compare_digest(half, claims.at_hash):
        raise NotProven("another access token")
