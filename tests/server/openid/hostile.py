"""An OpenID provider that is honest until a test spoils what it says. A real server, on a port of this machine."""

import base64
import functools
import hashlib
import json
import secrets
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jws
from joserfc.errors import SecurityWarning
from joserfc.jwk import JWKRegistry, Key

SUBJECT, EMAIL = "248289761001", "mara@example.org"
CLIENT_ID, CLIENT_SECRET = "unlearn & co", "s3cret: not said aloud"
FIFTY_MEGABYTES = 50 * 1024 * 1024

Spoil = Callable[[dict[str, Any]], None]


class HostileProvider:
    """Its answers by name; `spoil[name]` changes one before it is sent."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.be_honest()

    def be_honest(self) -> None:
        """Forget all that was asked, and how it was spoilt."""
        self.keys: dict[str, Key] = {"one": new_key("one")}
        self.algorithm = "RS256"
        self.signs_with = "one"
        self.spoil: dict[str, Spoil] = {}
        self.sign = self._sign
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.redirects: dict[str, str] = {}
        self.sent_bytes = 0

    def answer(self, path: str, query: dict[str, str], form: dict[str, str], headers: Any) -> tuple[int, Any]:
        self.asked.append(path)
        if path == "/authorize":
            return self._authorize(query)
        if path == "/token":
            return self._token(form, headers.get("authorization", ""))
        if path == "/userinfo":
            return 200, self._said("userinfo", {"sub": SUBJECT, "email": EMAIL, "email_verified": True})
        if path == "/jwks":
            return 200, self._said("jwks", {"keys": [key.as_dict(private=False) for key in self.keys.values()]})
        return 200, self._said("metadata", self._metadata())

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": [self.algorithm, "none", "HS256"],
            "authorization_response_iss_parameter_supported": True,
        }

    def _authorize(self, query: dict[str, str]) -> tuple[int, Any]:
        """Let anybody in, and send them back with a code."""
        assert (query["client_id"], query["response_type"]) == (CLIENT_ID, "code")
        assert (query["code_challenge_method"], query["scope"]) == ("S256", "openid email")
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = self._said("back", {"code": code, "state": query["state"], "iss": self.issuer})
        return 302, f"{query['redirect_uri']}?{urlencode(back, doseq=True)}"

    def _token(self, form: dict[str, str], authorization: str) -> tuple[int, Any]:
        client = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        assert [unquote_plus(part) for part in client.split(":")] == [CLIENT_ID, CLIENT_SECRET]
        begun = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        is_theirs = begun and begun["redirect_uri"] == form["redirect_uri"]
        if not is_theirs or not begun or begun["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        now, access_token = int(time.time()), secrets.token_urlsafe(16)
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": begun["nonce"],
            "auth_time": now,
        }
        if self.algorithm.endswith("256"):
            claims["at_hash"] = base64.urlsafe_b64encode(half).decode().rstrip("=")
        header = self._said("header", {"alg": self.algorithm, "kid": self.signs_with})
        token = self.sign(header, self._said("claims", claims))
        answer = {"access_token": access_token, "token_type": "Bearer", "expires_in": 300, "id_token": token}
        return 200, self._said("token", answer)

    def _sign(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)
            registry = jws.JWSRegistry(algorithms=[header["alg"]], strict_check_header=False)
            return jws.serialize_compact(header, json.dumps(claims), self.keys[self.signs_with], registry=registry)

    def _said(self, name: str, answer: dict[str, Any]) -> dict[str, Any]:
        self.spoil.get(name, lambda _: None)(answer)
        return answer


@functools.cache
def new_key(name: str) -> Key:
    """An RSA key of this name, the same for all tests: making one takes a while."""
    return JWKRegistry.generate_key("RSA", 2048, {"kid": name})


@contextmanager
def open_provider() -> Iterator[HostileProvider]:
    """A provider on a port of its own; its issuer is its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        provider = HostileProvider(f"http://127.0.0.1:{server.server_port}")
        server.provider = provider  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        yield provider
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({name: values[0] for name, values in parse_qs(body).items()})

    def _answer(self, form: dict[str, str]) -> None:
        provider: HostileProvider = self.server.provider  # type: ignore[attr-defined]
        asked = urlsplit(self.path)
        if to := provider.redirects.get(asked.path):
            return self._send(307, b"", Location=to)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        status, answer = provider.answer(asked.path, query, form, self.headers)
        if status == 302:
            return self._send(302, b"", Location=answer)
        body = json.dumps(answer).encode()
        return self._send(status, body, **{"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # who asked has heard enough
            for start in range(0, len(body), 65536):
                self.wfile.write(body[start : start + 65536])
                self.server.provider.sent_bytes += len(body[start : start + 65536])  # type: ignore[attr-defined]

    def log_message(self, *_: object) -> None:
        """Say nothing."""
