"""A server that does nothing: what Granian and the machine take by themselves. `python -m tests.bench.bare PORT`."""

import asyncio
import sys
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

BODY = b"x" * 100


async def answer(_: Any, receive: Any, send: Any) -> None:
    """Read a body to its end and answer a short one."""
    while (await receive()).get("more_body"):
        pass
    head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(BODY))]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": BODY})


async def serve(port: int) -> None:
    """Serve until killed, in the way that the app is served."""
    server = Server(
        answer,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.error,
    )
    await server.serve()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
