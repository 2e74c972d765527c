"""WebAuthn's ceremonies one step at a time: what our endpoints ask, what Chromium's own authenticator says, and sending that."""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from playwright.sync_api import Frame, Page
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from tests.browser.device import Device
from tests.browser.finger import Finger
from tests.server.house import KDF, KEY
from tests.serving import Serving

Json = dict[str, Any]

# A page may ask for the passkeys of the name above its own, so ours has one above it.
PARENT, NAME = "house.localhost", "unlearn.house.localhost"
OTHER_PORT, OTHER_SITE = f"http://{NAME}:8443", "http://evil.localhost:8443"
FLAGS_AT, PRESENT = 32, 0x01  # in an authenticator's data (WebAuthn Level 3 §6.1)
SIGN_IN, STEP_UP, ADD = "/sign-in/passkey", "/you/step-up/passkey", "/you/passkeys"
POST = """async ([path, form]) => {
  const headers = { Accept: "application/json" }
  const answer = await fetch(path, { method: "POST", headers, body: new URLSearchParams(form) })
  const text = await answer.text()
  return [answer.status, answer.url, text.startsWith("{") ? JSON.parse(text) : {}]
}"""
MAKE = """async asked => (await navigator.credentials.create({
  publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked)
})).toJSON()"""
SIGN = """async asked => (await navigator.credentials.get({
  publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked)
})).toJSON()"""
WHO = "fetch('/session', { headers: { Accept: 'application/json' } }).then(answer => answer.json())"
FRAME = """url => new Promise(shown => {
  const frame = document.createElement("iframe")
  Object.assign(frame, { src: url, allow: "publickey-credentials-get *; publickey-credentials-create *", onload: shown })
  document.body.append(frame)
})"""


class Said(msgspec.Struct, frozen=True):
    """The server's answer, after its redirects; `code` is a problem's."""

    status: int
    path: str
    code: str


class Ceremonies:
    """A person's browser on a page of ours, with one authenticator, whose honest answers a test may spoil."""

    def __init__(self, device: Device, email: str) -> None:
        self.device = device
        self.finger = Finger(device, hasResidentKey=True)
        # An empty page at any origin, ours included: our true ones let nobody frame them, and leave when a session ends.
        device.context.route("**/empty", lambda route: route.fulfill(body="<body>", content_type="text/html"))
        self.come_home()
        made = self.send("/accounts", email=email, key=KEY, kdf=KDF)
        assert made.status == 201

    @property
    def page(self) -> Page:
        return self.device.page

    def come_home(self) -> None:
        self.device.open("/empty")

    def ask(self, path: str) -> Json:
        """What the server asks of a device."""
        status, _, asked = self._post(f"{path}/new", {})
        assert status == 200, asked
        return asked

    def make(self, asked: Json, at: Page | Frame | None = None) -> Json:
        credential: Json = (at or self.page).evaluate(MAKE, asked)
        return credential

    def sign(self, asked: Json, at: Page | Frame | None = None) -> Json:
        credential: Json = (at or self.page).evaluate(SIGN, asked)
        return credential

    def answer(self, path: str, credential: Json) -> Said:
        return self.send(path, credential=msgspec.json.encode(credential).decode(), name="", next="/learn")

    def send(self, path: str, **form: str) -> Said:
        status, url, told = self._post(path, form)
        address = urlsplit(url)
        return Said(status, f"{address.path}?{address.query}".rstrip("?"), told.get("code", ""))

    def who(self) -> str:
        """Whose session this browser has, "" without one."""
        told: Json = self.page.evaluate(WHO)
        return str(told.get("email", ""))

    def session(self) -> str:
        [value] = [each["value"] for each in self.device.context.cookies() if each["name"] == "unlearn"]
        return value

    def enter_as(self, email: str) -> None:
        """Be signed in, with the passphrase that everybody has here."""
        assert self.send("/sign-in", email=email, key=KEY).status == 200

    def leave(self) -> None:
        """Be signed in no more; what ties a challenge to this browser stays."""
        self.device.context.clear_cookies(name="unlearn")

    def passkeys(self) -> list[str]:
        """The ids that the account of this browser has: a device is asked to make none beside them."""
        return [each["id"] for each in self.ask(ADD)["excludeCredentials"]]

    @contextmanager
    def elsewhere(self, origin: str) -> Iterator[Page]:
        """Stand on a page of another site for a while, with the same authenticator."""
        self.page.goto(f"{origin}/empty")
        yield self.page
        self.come_home()

    @contextmanager
    def framed(self, origin: str) -> Iterator[Frame]:
        """Stand on a page of our own site within one of another site's."""
        with self.elsewhere(origin) as outer:
            outer.evaluate(FRAME, f"{self.device.url}/empty")
            yield outer.frames[-1]

    def _post(self, path: str, form: dict[str, str]) -> tuple[int, str, Json]:
        status, url, told = self.page.evaluate(POST, [path, form])
        return status, url, told


class Two(msgspec.Struct, frozen=True):
    """A running server, and who has an account there, a passkey, and a browser that is signed in."""

    serving: Serving
    mara: Ceremonies
    teo: Ceremonies


def client_of(credential: Json) -> Json:
    """What the browser says of the page that asked."""
    told: Json = msgspec.json.decode(base64url_to_bytes(credential["response"]["clientDataJSON"]))
    return told


def signed_anew(key: Json, credential: Json, **client: str) -> Json:
    """Another answer, with this changed in what the browser says, by the authenticator's own key."""
    private = load_der_private_key(b64decode(key["privateKey"]), None)
    assert isinstance(private, EllipticCurvePrivateKey)
    said, response = msgspec.json.encode({**client_of(credential), **client}), credential["response"]
    signature = private.sign(base64url_to_bytes(response["authenticatorData"]) + sha256(said).digest(), ECDSA(SHA256()))
    edited = {"clientDataJSON": bytes_to_base64url(said), "signature": bytes_to_base64url(signature)}
    return {**credential, "response": {**response, **edited}}


def without_presence(made: Json) -> Json:
    """A new passkey whose device says that nobody was there; no signature is over that (attestation "none")."""
    data = base64url_to_bytes(made["response"]["authenticatorData"])
    flags = data[FLAGS_AT] & ~PRESENT
    absent = data[:FLAGS_AT] + bytes([flags]) + data[FLAGS_AT + 1 :]
    attested = base64url_to_bytes(made["response"]["attestationObject"]).replace(data, absent)
    return {**made, "response": {**made["response"], "attestationObject": bytes_to_base64url(attested)}}
