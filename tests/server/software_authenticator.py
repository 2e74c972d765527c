"""A device that makes passkeys and signs with them, in software, and lies when it is told to (WebAuthn Level 3 §6)."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, encode_cbor

ORIGIN = "https://unlearn.test"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40  # flags of §6.1
ES256, EDDSA, RS256 = -7, -8, -257  # COSE algorithms

Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


class Lies(msgspec.Struct, frozen=True, kw_only=True):
    """What is told in place of the truth; None and the like tell the truth."""

    origin: str = ORIGIN
    rp_id: str = "unlearn.test"
    type: str = ""
    challenge: bytes | None = None
    flags: int = PRESENT | VERIFIED
    cross_origin: bool = False
    user_handle: bytes | None = None
    id: bytes | None = None
    count: int | None = None
    signature: bytes | None = None
    key: Key | None = None


class SoftwareAuthenticator:
    """One passkey on one device."""

    def __init__(self, algorithm: int = ES256, *, counts: bool = True) -> None:
        self.algorithm = algorithm
        self.key = new_key(algorithm)
        self.id = secrets.token_bytes(16)
        self.user_handle = b""
        self.counts = counts
        self.count = 0

    @property
    def text_id(self) -> str:
        return bytes_to_base64url(self.id)

    def make(self, asked: Mapping[str, Any], lies: Lies = Lies()) -> str:  # noqa: B008 - frozen
        """Answer navigator.credentials.create(), as JSON."""
        self.user_handle = base64url_to_bytes(asked["user"]["id"])
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + encode_cbor(cose(self.key))
        data = self._data(lies, lies.flags | ATTESTED) + credential
        attested = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client(asked, lies, "webauthn.create")
        return self._credential(lies, clientDataJSON=client, attestationObject=attested, transports=["internal"])

    def sign(self, asked: Mapping[str, Any], lies: Lies = Lies()) -> str:  # noqa: B008
        """Answer navigator.credentials.get(), as JSON."""
        self.count += self.counts
        client, data = _client(asked, lies, "webauthn.get"), self._data(lies, lies.flags)
        signature = lies.signature or signed(lies.key or self.key, data + hashlib.sha256(client).digest())
        handle = self.user_handle if lies.user_handle is None else lies.user_handle
        return self._credential(
            lies, clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=handle
        )

    def _data(self, lies: Lies, flags: int) -> bytes:
        count = self.count if lies.count is None else lies.count
        return hashlib.sha256(lies.rp_id.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big")

    def _credential(self, lies: Lies, **response: Any) -> str:
        id = bytes_to_base64url(lies.id or self.id)
        told = {name: bytes_to_base64url(each) if isinstance(each, bytes) else each for name, each in response.items()}
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": told})


def _client(asked: Mapping[str, Any], lies: Lies, meant: str) -> bytes:
    challenge = asked["challenge"] if lies.challenge is None else bytes_to_base64url(lies.challenge)
    told = {"type": lies.type or meant, "challenge": challenge, "origin": lies.origin, "crossOrigin": lies.cross_origin}
    return json.dumps(told).encode()


def new_key(algorithm: int) -> Key:
    if algorithm == ES256:
        return ec.generate_private_key(ec.SECP256R1())
    if algorithm == EDDSA:
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, 2048)


def signed(key: Key, data: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashes.SHA256()))
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def cose(key: Key) -> dict[int, Any]:
    """The public key as authenticators write it (RFC 9053 §7, RFC 8230 §4)."""
    if isinstance(key, ec.EllipticCurvePrivateKey):
        point = key.public_key().public_numbers()
        return {1: 2, 3: ES256, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return {1: 1, 3: EDDSA, -1: 6, -2: key.public_key().public_bytes_raw()}
    numbers = key.public_key().public_numbers()
    return {1: 3, 3: RS256, -1: numbers.n.to_bytes(256, "big"), -2: numbers.e.to_bytes(3, "big")}
