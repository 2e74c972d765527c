"""The exchange over HTTP, and the stream that says when to ask for one: SYNC.md §2."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Any

import msgspec
from litestar import Request, Response, asgi, get
from litestar.exceptions import MethodNotAllowedException
from litestar.response import Stream
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send

from server.attempts import Attempts
from server.clock import now_ms
from server.problems import Problem, answer_problem
from server.request import AnyRequest, storage_of
from server.routes import Handler
from server.sessions import Person, is_let_in, person
from server.storage import EpochChanged, Exchanged, LetOut, Look, Storage, Unavailable
from server.sync_body import Place, Room, compress, off_the_loop, read_body
from sync.exchange import MAX_RECORDS, VERSION, Malformed, Refusal, open_push, read_request, split
from sync.exchange import Request as Asked
from sync.record import Record

# Generous to a person with many entries, a stop for a program that runs wild, also for one that takes another name each time.
MOST_EXCHANGES = 12_000  # of a device
MOST_OF_ACCOUNT = 5 * MOST_EXCHANGES
WINDOW_MS = 60_000
REMEMBERED = 10_000  # devices, and accounts

RETRY_AFTER_S = 5  # when the disk is full, somebody has to see to it
HEARTBEAT_S = 25  # proxies take a stream that says nothing for half a minute for dead

NO_STORE = {"Cache-Control": "no-store"}


def answer_unavailable(request: AnyRequest, _: Unavailable) -> Response[Any]:
    """Say that nothing was stored and when to come back."""
    return answer_problem(request, Problem(503, "unavailable", {"Retry-After": str(RETRY_AFTER_S)}))


def answer_epoch_changed(request: AnyRequest, _: EpochChanged) -> Response[Any]:
    """Ask the device to start from 0."""
    return answer_problem(request, Problem(409, "epoch_changed"))


@asgi(
    "/sync",
    copy_scope=False,
    exception_handlers={Unavailable: answer_unavailable, EpochChanged: answer_epoch_changed},
)
async def sync(scope: Scope, receive: Receive, send: Send) -> None:
    """Take a push and answer what the device lacks, in one round trip."""
    # Plain ASGI: what Litestar does around a handler takes longer than most exchanges.
    request: AnyRequest = Request(scope, receive, send)
    if request.method != "POST":
        raise MethodNotAllowedException
    who = await _who(request)
    _slow_down(request, "accounts", who.account, MOST_OF_ACCOUNT)
    with Place(request.app.state.setdefault("room", Room())) as place:
        body = await read_body(request, place)
        asked, push, refused = await off_the_loop(len(body), partial(_read, body))
        _slow_down(request, "devices", f"{who.account} {asked.device}", MOST_EXCHANGES)
        storage = storage_of(request)
        await _hold_to_device(storage, who, asked.device)
        exchanged = await storage.exchange(who.account, push, asked.epoch, asked.cursor, asked.limit)
        del body, push
    answer, headers = await compress(request, _answer(exchanged, [*refused, *exchanged.refused]))
    response = ASGIResponse(body=answer, media_type="application/json", headers=headers)
    await response(scope, receive, send)


@get("/sync/changes", exception_handlers={Unavailable: answer_unavailable})
async def changes(request: AnyRequest) -> Stream:
    """Stream the journal's newest number, at once and whenever it changes."""
    who = await _who(request)
    storage, settings = storage_of(request), request.app.state.settings
    stream = events(storage, who.account, lambda: is_let_in(storage, who, settings, now_ms()))
    # nginx would hold events back until its buffer is full.
    return Stream(stream, media_type="text/event-stream", headers={**NO_STORE, "X-Accel-Buffering": "no"})


handlers: list[Handler] = [sync, changes]


async def events(storage: Storage, account: str, is_let_in: Look) -> AsyncIterator[bytes]:
    """Tell a journal's newest number whenever it changes, in between that the stream is alive, and when it is not for them."""
    known = -1
    while True:
        try:
            async with asyncio.timeout(HEARTBEAT_S):
                newest = await storage.next_change(account, known, is_let_in)
        except TimeoutError:
            yield b":\n\n"
            continue
        except Unavailable:  # the browser asks again by itself
            return
        except LetOut:
            yield b"event: signed_out\ndata: signed_out\n\n"
            return
        if newest is None:
            return
        known = newest
        yield b"data: %d\n\n" % known


async def _who(request: AnyRequest) -> Person:
    who = await person(request)
    # A page may still be of the account that was signed in before; its words are not for this journal.
    if not who or request.headers.get("unlearn-account", who.account) != who.account:
        raise Problem(401, "signed_out")
    return who


def _read(body: bytes) -> tuple[Asked, Sequence[Record], list[Refusal]]:
    try:
        asked = read_request(body)
        records = split(asked.records)
        if len(records) > MAX_RECORDS:
            raise Problem(413, "too_large")
        return asked, *open_push(records)
    except Malformed as malformed:
        raise Problem(400, "malformed") from malformed


def _slow_down(request: AnyRequest, counted: str, who: str, most: int) -> None:
    exchanges: Attempts = request.app.state.setdefault(counted, Attempts(most, WINDOW_MS, REMEMBERED))
    if wait := exchanges.take([who], time.monotonic_ns() // 1_000_000):
        raise Problem(429, "slow_down", {"Retry-After": str(-(-wait // 1000))})


async def _hold_to_device(storage: Storage, who: Person, device: str) -> None:
    if who.via == "token":
        return
    bound = who.device or await storage.bind_device(who.account, who.id_hash, device)
    if bound != device:  # signing in again gives the other device a session of its own
        raise Problem(401, "signed_out")


def _answer(exchanged: Exchanged, refused: list[Refusal]) -> bytes:
    about = {"v": VERSION, "epoch": exchanged.epoch, "cursor": exchanged.cursor, "more": exchanged.more}
    head, tail = msgspec.json.encode(about), msgspec.json.encode(refused)
    return b"".join([head[:-1], b',"records":[', b",".join(exchanged.records), b'],"refused":', tail, b"}"])
