"""Serving: Granian in our own process, which stops at once and leaves nothing behind."""

import asyncio
import gc
import logging
import os
import resource
import signal
import socket
import sys

import segno
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from litestar import Litestar

from server.app import create_app
from server.settings import BadSetting, Settings
from server.under_way import UnderWay

PATIENCE = 2  # seconds for requests under way when asked to stop; longer ones are cut off
MOST_CONNECTIONS = 4096  # an open page holds one for its event stream; Granian, left alone, takes no more than 128
BACKLOG = 1024  # connections that wait to be taken


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    _refuse_taken_port(settings)
    _allow_files(2 * MOST_CONNECTIONS)
    asyncio.run(_serve(create_app(settings), settings))


async def _serve(app: Litestar, settings: Settings) -> None:
    under_way = UnderWay(app)
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    # The lifespan is ours, not Granian's: it has to end even when a request does not, and its errors are for the operator.
    async with app.lifespan():
        gc.freeze()  # what is there by now stays: looking through it for garbage took a tenth of an upload
        server = Server(
            under_way,
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
        app.state.storage.end_changes()  # or every open stream would go on
        await under_way.end(PATIENCE)
        server.stop()  # type: ignore[no-untyped-call] # Granian's
        await asyncio.wait([serving], timeout=PATIENCE)
        if not stopping.is_set():
            raise RuntimeError("Granian stopped by itself; its own lines say why")


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
