"""Serving: Granian in our own process, which stops at once and leaves nothing behind."""

import asyncio
import gc
import logging
import os
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
from server.settings import BadSetting, Settings

PATIENCE = 2  # seconds for requests under way when asked to stop; longer ones are cut off


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    _refuse_taken_port(settings)
    asyncio.run(_serve(create_app(settings), settings))


async def _serve(app: Litestar, settings: Settings) -> None:
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    # The lifespan is ours, not Granian's: it has to end even when a request does not, and its errors are for the operator.
    async with app.lifespan():
        gc.freeze()  # what is there by now stays: looking through it for garbage took a tenth of an upload
        server = Server(
            EndingStreams(app, stopping),
            address=socket.gethostbyname(settings.host)
            if ":" not in settings.host
            else settings.host,  # it takes no names
            port=settings.port,
            interface=Interfaces.ASGINL,
            http=HTTPModes.http1,
            websockets=False,
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
        server.stop()  # type: ignore[no-untyped-call] # Granian's
        await asyncio.wait([serving], timeout=PATIENCE)
        if not stopping.is_set():
            raise RuntimeError("Granian stopped by itself; its own lines say why")


class EndingStreams:
    """Ends event streams when the server stops, as if their readers had left; otherwise each would keep it alive."""

    def __init__(self, app: ASGIApp, stopping: asyncio.Event) -> None:
        self.app = app
        self.stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and watch for the end once the answer has begun."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        async def receiving() -> Any:
            return await (self._until_stop(receive) if begun else receive())

        await self.app(scope, receiving, sending)

    async def _until_stop(self, receive: Receive) -> Any:
        left = asyncio.ensure_future(receive())
        stopped = asyncio.ensure_future(self.stopping.wait())
        try:
            await asyncio.wait([left, stopped], return_when=asyncio.FIRST_COMPLETED)
            return left.result() if left.done() else {"type": "http.disconnect"}
        finally:
            left.cancel()
            stopped.cancel()


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
