"""A new passphrase, for whoever has one and for whoever signs in another way: every other device has to sign in again."""

from typing import Any

from litestar import Response
from litestar.response import Redirect

from server.answers import handlers_of
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.key_hashes import hash_key
from server.keys import read_kdf
from server.problems import Problem
from server.proof import key_of
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import end_other_sessions
from server.step_up import fresh_person, stepped_up
from server.storage import Account
from server.views.passphrase import passphrase_page


async def _ask(request: AnyRequest, _: Route) -> Response[Any]:
    return await _page(request, "", 200)


async def _set(request: AnyRequest, _: Route) -> Response[Any]:
    """Keep the new key, end all other sessions and give this one another name."""
    who, pairs = await fresh_person(request), await read_pairs(request)
    storage = storage_of(request)
    try:
        key_hash, kdf = await hash_key(key_of(last(pairs, "key"))), kdf_of(last(pairs, "kdf"))
    except Problem as refused:
        return await _page(request, refused.code, refused.status)
    await storage.update(Account, {"account": who.account}, key_hash=key_hash, kdf=kdf)
    await end_other_sessions(request, who)
    return Redirect("/you/recovery?now=changed", status_code=303, cookies=[await stepped_up(request)])


async def _page(request: AnyRequest, code: str, status: int) -> Response[Any]:
    who = await fresh_person(request)
    account = await storage_of(request).one(Account, account=who.account)
    page = passphrase_page(here_of(request, who), code, is_first=not (account and account.key_hash))
    return html("account/passphrase.html", page, status)


def kdf_of(text: str) -> str:
    """Give back how a new key was made, or raise a Problem where no device of ours makes them so."""
    if not read_kdf(text):
        raise Problem(422, "no_key")
    return text


handlers = handlers_of({"passphrase": _ask, "set_passphrase": _set})
