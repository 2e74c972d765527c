"""A device's sensor, as Chromium plays it (the WebAuthn domain of its DevTools protocol)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import CDPSession

from tests.browser.device import Device

SENSOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Finger:
    """The sensor of a device, and whose finger is on it."""

    def __init__(self, phone: Device, **more: bool) -> None:
        self.session: CDPSession = phone.context.new_cdp_session(phone.page)
        self.session.send("WebAuthn.enable")
        self.id = self._ask("addVirtualAuthenticator", options={**SENSOR, **more})["authenticatorId"]

    def is_known(self, known: bool) -> None:
        self._ask("setUserVerified", authenticatorId=self.id, isUserVerified=known)

    def is_near(self, near: bool) -> None:
        """Whether whoever is asked answers at once, or not yet."""
        self._ask("setAutomaticPresenceSimulation", authenticatorId=self.id, enabled=near)

    def credentials(self) -> list[dict[str, Any]]:
        return list(self._ask("getCredentials", authenticatorId=self.id)["credentials"])

    def forget(self) -> None:
        """As another device would be: no passkey is on it."""
        self._ask("clearCredentials", authenticatorId=self.id)

    def hold(self, credential: dict[str, Any]) -> None:
        """Have this passkey and no other; all of it is as `credentials` gives it."""
        self.forget()
        self._ask("addCredential", authenticatorId=self.id, credential=credential)

    @contextmanager
    def lying(self, **bits: bool) -> Iterator[None]:
        """Answer wrongly for a while: isBogusSignature, isBadUV, isBadUP."""
        self._ask("setResponseOverrideBits", authenticatorId=self.id, **bits)
        yield
        self._ask("setResponseOverrideBits", authenticatorId=self.id)

    @contextmanager
    def beside_a_plain_key(self) -> Iterator[None]:
        """Have a security key plugged in that only wants to be touched."""
        options = {"protocol": "u2f", "transport": "usb", "automaticPresenceSimulation": True}
        key = self._ask("addVirtualAuthenticator", options=options)["authenticatorId"]
        yield
        self._ask("removeVirtualAuthenticator", authenticatorId=key)

    def stop_worker(self) -> None:
        """As Device's own, which would take the sensor off with the session that it ends."""
        self.session.send("ServiceWorker.enable")
        self.session.send("ServiceWorker.stopAllWorkers")

    def _ask(self, name: str, **asked: Any) -> dict[str, Any]:
        return dict(self.session.send(f"WebAuthn.{name}", asked))
