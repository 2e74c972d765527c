"""Requests under way: how long their bodies may take, and that they come to an end when the server does."""

import asyncio
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import Problem

SILENCE_S = 30  # that a body may be late; without an end to it, whoever says nothing holds a connection for good
LEAST_BYTES_PER_S = 1000  # make up for lateness, never beforehand; the slowest phones have some five times as much
RETRY_AFTER_S = 5


class UnderWay:
    """The application, and whoever it is answering."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._answering: set[asyncio.Future[None]] = set()
        self._bodies: set[asyncio.Timeout] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; give up on a body that does not come, but wait for the reader of an answer as long as it takes."""
        begun = False
        loop = asyncio.get_running_loop()
        patience: float = SILENCE_S  # only waiting for them uses it up, not their waiting for us

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        async def receiving() -> Any:
            nonlocal patience
            if begun:
                return await receive()
            asked = loop.time()
            message = await self._before(asked + patience, receive)
            late = loop.time() - asked
            patience = min(SILENCE_S, patience - late + len(message["body"]) / LEAST_BYTES_PER_S)
            return message

        answered = loop.create_future()
        self._answering.add(answered)
        try:
            await self._app(scope, receiving, sending)
        finally:
            self._answering.discard(answered)
            answered.set_result(None)

    async def end(self, patience: float) -> None:
        """Wait for no more bodies, and for so many seconds until everybody is answered."""
        for body in self._bodies:
            body.reschedule(0)
        if self._answering:
            await asyncio.wait(self._answering, timeout=patience)

    async def _before(self, due: float, receive: Receive) -> Any:
        try:
            async with asyncio.timeout_at(due) as body:
                self._bodies.add(body)
                message = await receive()
        except TimeoutError as late:
            raise Problem(503, "unavailable", {"Retry-After": str(RETRY_AFTER_S)}) from late
        finally:
            self._bodies.discard(body)
        if message["type"] != "http.request":
            raise Problem(400, "malformed")  # cut short
        return message
