"""The end of an account: at once, or in seven days, within which signing in can take it back."""

from typing import Any

from litestar import Response
from litestar.response import Redirect

from server.answers import handlers_of
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.problems import Problem, wants_json
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import person, session_cookie, signed_out
from server.step_up import fresh_person
from server.storage import Account, Session, Ticket, Token
from server.views.deletion import deleted_page, deletion_page

WEEK_MS = 7 * 24 * 60 * 60 * 1000


async def _show(request: AnyRequest, _: Route) -> Response[Any]:
    account = await _account(request)
    if account.delete_at is None:
        await fresh_person(request)
    page = deletion_page(here_of(request, await person(request)), account.delete_at)
    return html("account/delete.html", page, 200)


async def _delete(request: AnyRequest, _: Route) -> Response[Any]:
    """Sign everything out at once; what is left goes now, or when the seven days are over (server/purge.py)."""
    account = (await fresh_person(request)).account
    when = last(await read_pairs(request), "when")
    if when not in ("week", "now"):
        raise Problem(400, "malformed")
    storage = storage_of(request)
    if when == "now":
        await storage.remove_account(account)
        request.app.state.journals.forget(account)
    else:
        await storage.update(Account, {"account": account}, delete_at=now_ms() + WEEK_MS)
        for table in (Session, Token, Ticket):
            await storage.remove(table, account=account)
    cookies = [session_cookie(request.app.state.settings, "")]
    if wants_json(request):
        return Response({"account": account, "when": when}, status_code=200, cookies=cookies)
    return Redirect(f"/deleted?when={when}", status_code=303, cookies=cookies)


async def _keep(request: AnyRequest, _: Route) -> Response[Any]:
    await storage_of(request).update(Account, {"account": (await _account(request)).account}, delete_at=None)
    return Redirect("/you", status_code=303)


async def _say(request: AnyRequest, _: Route) -> Response[Any]:
    return html("account/deleted.html", deleted_page(here_of(request, await person(request))), 200)


async def _account(request: AnyRequest) -> Account:
    who = await person(request)
    found = await storage_of(request).one(Account, account=who.account) if who else None
    if not found:
        raise signed_out()
    return found


handlers = handlers_of({"delete_form": _show, "delete_account": _delete, "keep_account": _keep, "deleted": _say})
