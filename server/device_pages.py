"""Which devices are signed in, and signing one of them out from another."""

from typing import Any

from litestar import Response
from litestar.response import Redirect

from server.answers import handlers_of
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.problems import Problem
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import end_other_sessions, is_alive, signed_in_person
from server.step_up import fresh_person
from server.storage import Session, Token
from server.views.device_list import devices_page


async def show(request: AnyRequest, _route: Route) -> Response[Any]:
    """The account's devices and programs."""
    who, storage = await signed_in_person(request), storage_of(request)
    journal, here = await request.app.state.journals.journal(who.account), here_of(request, who)
    sessions = await storage.all(Session, account=who.account)
    alive = [each for each in sessions if is_alive(each, request.app.state.settings, now_ms())]
    tokens = await storage.all(Token, account=who.account)
    return html("account/devices.html", devices_page(journal, here, alive, tokens, who.id_hash), 200)


async def end(request: AnyRequest, _route: Route) -> Response[Any]:
    """Sign one device out."""
    who = await fresh_person(request)
    id_hash = last(await read_pairs(request), "session")
    if not await storage_of(request).remove(Session, account=who.account, id_hash=id_hash):
        raise Problem(404, "not_found")
    return _see("ended")


async def end_others(request: AnyRequest, _route: Route) -> Response[Any]:
    """Sign all devices out but the one that asks."""
    who = await fresh_person(request)
    await end_other_sessions(request, who)
    return _see("ended_others")


async def stop(request: AnyRequest, _route: Route) -> Response[Any]:
    """Take a program's key back."""
    who = await fresh_person(request)
    token_hash = last(await read_pairs(request), "token")
    if not await storage_of(request).remove(Token, account=who.account, token_hash=token_hash):
        raise Problem(404, "not_found")
    return _see("stopped")


handlers = handlers_of({"devices": show, "end_device": end, "end_others": end_others, "stop_program": stop})


def _see(now: str) -> Redirect:
    return Redirect(f"/you/devices?now={now}", status_code=303)
