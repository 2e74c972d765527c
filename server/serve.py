"""Serving: Granian in our own process, which stops at once and leaves nothing behind."""

import asyncio
import gc
import logging
import os
import resource
import signal
import socket
import sys
from typing import Any

import segno
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from litestar import Litestar
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from server.app import create_app
from server.problems import Problem
from server.settings import BadSetting, Settings

PATIENCE = 2  # seconds for requests under way when asked to stop; longer ones are cut off
MOST_CONNECTIONS = 4096  # an open page holds one for its event stream; Granian, left alone, takes no more than 128
BACKLOG = 1024  # connections that wait to be taken
SILENCE_S = 30  # that a body may be late; without an end to it, whoever says nothing holds a connection for good
RETRY_AFTER_S = 5
LEAST_BYTES_PER_S = 1000  # beyond that; the slowest phones have some five times as much


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    _refuse_taken_port(settings)
    _allow_files(2 * MOST_CONNECTIONS)
    asyncio.run(_serve(create_app(settings), settings))


async def _serve(app: Litestar, settings: Settings) -> None:
    awaiting = AwaitingBodies(app)
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    # The lifespan is ours, not Granian's: it has to end even when a request does not, and its errors are for the operator.
    async with app.lifespan():
        gc.freeze()  # what is there by now stays: looking through it for garbage took a tenth of an upload
        server = Server(
            awaiting,
            address=socket.gethostbyname(settings.host)
            if ":" not in settings.host
            else settings.host,  # it takes no names
            port=settings.port,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            websockets=False,
            backlog=BACKLOG,
            backpressure=MOST_CONNECTIONS,
            log_level=LogLevels.error,
            log_dictconfig={"loggers": {}},  # Granian's lines go the way of all others
        )
        serving = asyncio.create_task(server.serve())
        asked = asyncio.create_task(stopping.wait())
        listening = asyncio.create_task(_listening(settings))
        await asyncio.wait([serving, asked, listening], return_when=asyncio.FIRST_COMPLETED)
        if listening.done():
            _announce(settings)
        await asyncio.wait([serving, asked], return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        awaiting.end()
        app.state.storage.end_changes()  # or every open stream would go on
        server.stop()  # type: ignore[no-untyped-call] # Granian's
        await asyncio.wait([serving], timeout=PATIENCE)
        if not stopping.is_set():
            raise RuntimeError("Granian stopped by itself; its own lines say why")


class AwaitingBodies:
    """Gives up on a body that does not come, or not before the server stops."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._awaited: set[asyncio.Timeout] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and once the answer has begun, wait for the reader as long as it takes."""
        begun = False
        due = asyncio.get_running_loop().time() + SILENCE_S

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        async def receiving() -> Any:
            nonlocal due
            if begun:
                return await receive()
            message = await self._until(due, receive)
            due += len(message["body"]) / LEAST_BYTES_PER_S
            return message

        await self.app(scope, receiving, sending)

    def end(self) -> None:
        """Give up on all bodies that are still to come."""
        for body in self._awaited:
            body.reschedule(0)

    async def _until(self, due: float, receive: Receive) -> Any:
        try:
            async with asyncio.timeout_at(due) as body:
                self._awaited.add(body)
                message = await receive()
        except TimeoutError as late:
            raise Problem(503, "unavailable", {"Retry-After": str(RETRY_AFTER_S)}) from late
        finally:
            self._awaited.discard(body)
        if message["type"] != "http.request":
            raise Problem(400, "malformed")  # cut short
        return message


def _allow_files(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))


def _refuse_taken_port(settings: Settings) -> None:
    try:
        family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as refusal:
        reason = os.strerror(refusal.errno) if refusal.errno else refusal
        raise BadSetting(f"cannot listen on {settings.host} port {settings.port}: {reason}") from refusal


async def _listening(settings: Settings) -> None:
    while True:
        try:
            _, connection = await asyncio.open_connection(settings.host, settings.port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
        else:
            connection.close()
            return


def _announce(settings: Settings) -> None:
    print(f"Unlearn is at {settings.public_url}")
    if not settings.is_local:
        segno.make(settings.public_url).terminal(compact=True)
    sys.stdout.flush()
