"""What both hosts are asked, and what they answer."""

from collections.abc import Iterable
from urllib.parse import urlencode

import msgspec

from server.kinds import kinds
from server.routes import routes
from server.views.contents import VIEWS
from sync.record import Record

NOON = 1_795_350_000_000  # 22 November 2026, in ms
IDS = [f"01938f6e-0000-7000-8000-00000000000{n}" for n in range(8)]
NOBODY = "01938f6e-0000-7000-8000-ffffffffffff"
PREFIX = "/shell/v1"
DEVICE = "examplephone"
PROVIDERS = [{"name": "clinic", "label": "Dr Soler & Co"}, {"name": "home", "label": "<Home>"}]


class Standing(msgspec.Struct, frozen=True):
    """How things stand between the device and the server, as web/phone/host.js knows it."""

    signed_in: bool = False
    signed_out: bool = False
    email: str = ""
    waiting: int = 0
    synced_at: int | None = 0
    refused: dict[str, dict[str, str]] = {}


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """The lock, as web/phone/lock.js keeps it; `wait` is what it makes of `wrong` and `tried` at noon, in ms."""

    kept: str = ""
    after: int = 5
    used: int = 0
    is_on: bool = msgspec.field(name="isOn", default=True)
    wrong: int = 0
    tried: int = 0
    asked: int = 0
    wait: int = 0
    passkey: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One request, from where it is made, and the id of the record to look at afterwards."""

    method: str
    address: str
    partial: bool = False
    body: str | None = None
    language: str
    country: str = ""
    now: int
    zone: str
    id: str
    nonce: str
    standing: Standing
    lock: Lock | None = None
    record: str = ""


class Answer(msgspec.Struct, frozen=True):
    status: int
    location: str
    html: str
    record: str


PAGES = [route.path for route in routes() if route.name in VIEWS and "{id}" not in route.path]
PLACE = Asked(
    method="GET",
    address="/",
    language="es",
    now=NOON,
    zone="Europe/Madrid",
    id=NOBODY,
    nonce="bm9uY2U",
    standing=Standing(),
)


def sent(address: str, pairs: list[tuple[str, str]], record: str) -> Asked:
    """A form that is sent, and the record to look at then."""
    return msgspec.structs.replace(PLACE, method="POST", address=address, body=urlencode(pairs), record=record)


REWIRED = ["", "?range=1y", "?range=all", "?range=constructor", "/review"]


def pages_of(held: Iterable[Record]) -> list[str]:
    """Every page: those of no entry, of each entry at its own address and at another kind's, and of nobody."""
    plurals = {record.id: kinds()[record.kind].plural for record in held if record.id in IDS and record.kind in kinds()}
    paths = [f"/{plural}/{id}" for id, plural in plurals.items()] + [f"/tools/{id}" for id in plurals]
    paths += [f"/traits/{NOBODY}", "/reviews/no%20such"]
    paths += [f"/rewire/{id}{rest}" for id in [*plurals, NOBODY] for rest in REWIRED]
    return [*PAGES, *paths, *(f"{path}/edit" for path in paths if "?" not in path and "/rewire/" not in path)]
