"""What both hosts are asked, and what they answer."""

import msgspec

PREFIX = "/shell/v1"
DEVICE = "examplephone"


class Standing(msgspec.Struct, frozen=True):
    """How things stand between the device and the server, as web/phone/host.js knows it."""

    signed_in: bool = False
    signed_out: bool = False
    email: str = ""
    waiting: int = 0
    synced_at: int = 0
    refused: dict[str, dict[str, str]] = {}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One request, from where it is made, and the id of the record to look at afterwards."""

    method: str
    address: str
    partial: bool = False
    body: str | None = None
    language: str
    now: int
    zone: str
    id: str
    nonce: str
    standing: Standing
    record: str = ""


class Answer(msgspec.Struct, frozen=True):
    status: int
    location: str
    html: str
    record: str
