"""The page of an account's passkeys: which there are, adding one, renaming one, taking one away."""

import re
from typing import Any

from litestar import Response
from litestar.response import Redirect

from server import choices
from server.account_passkeys import add_passkey, relying_party
from server.answers import handlers_of
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.passkey_challenges import asking, new_challenge
from server.problems import Problem, wants_json
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import person, signed_in_person
from server.step_up import fresh_person
from server.storage import Passkey
from server.text import shorten
from server.views.account_passkeys import passkeys_page
from server.ways_in import ways_in
from server.words import fill, words_of

PAGE = "/you/passkeys"
PURPOSE = "passkey_add"
MOST_NAME = 60  # characters
CREDENTIAL_ID = re.compile(r"[A-Za-z0-9_-]{1,1364}")  # of at most 1,023 bytes


async def _show(request: AnyRequest, _: Route) -> Response[Any]:
    return await _page(request, 200)


async def _ask(request: AnyRequest, _: Route) -> Response[Any]:
    who = await fresh_person(request)
    challenge, cookie = await new_challenge(request, PURPOSE, who.account)
    known = await storage_of(request).all(Passkey, account=who.account)
    return asking(relying_party(request).creation_options(who.account, who.email, challenge, known), cookie)


async def _add(request: AnyRequest, _: Route) -> Response[Any]:
    who, pairs = await fresh_person(request), await read_pairs(request)
    number = len(await storage_of(request).all(Passkey, account=who.account)) + 1
    unnamed = fill(words_of(choices.language_of(request))["accounts"]["passkeys"]["unnamed"], {"number": str(number)})
    try:
        await add_passkey(request, who.account, last(pairs, "credential"), _name(pairs) or unnamed, PURPOSE)
    except Problem as refused:
        if wants_json(request):
            raise
        return await _page(request, refused.status, "not_added")
    return _see("added")


async def _rename(request: AnyRequest, _: Route) -> Response[Any]:
    key, name = await _key(request), _name(await read_pairs(request))
    if not await storage_of(request).one(Passkey, **key):
        raise Problem(404, "not_found")
    if name:
        await storage_of(request).update(Passkey, key, name=name)
    return _see("renamed")


async def _remove(request: AnyRequest, _: Route) -> Response[Any]:
    await fresh_person(request)
    key, storage = await _key(request), storage_of(request)
    if not await storage.one(Passkey, **key):
        raise Problem(404, "not_found")
    issuers = {each.issuer for each in request.app.state.settings.oidc}
    if await ways_in(storage, key["account"], issuers) == 1:
        return await _page(request, 409, "last_way_in")
    removed = await storage.take(Passkey, **key)
    if removed and not await ways_in(storage, key["account"], issuers):  # two were taken away at the same moment
        await storage.add(removed)
        return await _page(request, 409, "last_way_in")
    return _see("removed")


async def _page(request: AnyRequest, status: int, code: str = "") -> Response[Any]:
    who = await person(request)
    passkeys = await storage_of(request).all(Passkey, account=who.account) if who else []
    return html("account/passkeys.html", passkeys_page(here_of(request, who), passkeys, code), status)


async def _key(request: AnyRequest) -> dict[str, str]:
    who = await signed_in_person(request)
    if not CREDENTIAL_ID.fullmatch(request.path_params["id"]):
        raise Problem(404, "not_found")
    return {"account": who.account, "id": request.path_params["id"]}


def _name(pairs: list[tuple[str, str]]) -> str:
    return shorten("".join(letter for letter in last(pairs, "name") if letter.isprintable()), MOST_NAME)


def _see(said: str) -> Redirect:
    return Redirect(f"{PAGE}?now={said}", status_code=303)


handlers = handlers_of(
    {
        "passkeys": _show,
        "ask_new_passkey": _ask,
        "add_passkey": _add,
        "rename_passkey": _rename,
        "remove_passkey": _remove,
    }
)
