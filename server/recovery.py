"""Recovery keys: made on a device and shown there once. With one a new passphrase can be set, and then it is used up."""

import hashlib
import hmac
from typing import Any

from litestar import Response
from litestar.response import Redirect

from server.accounts import normal_email
from server.answers import handlers_of
from server.attempts import counted
from server.clock import now_ms
from server.form_body import read_pairs
from server.forms import Pairs, last
from server.here import here_of
from server.html import html
from server.key_hashes import hash_key
from server.keys import read_key
from server.passphrase_pages import kdf_of
from server.problems import Problem
from server.proof import key_of
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import person
from server.signed_in import signed_in
from server.step_up import fresh_person
from server.storage import Account, Session, Storage
from server.views.recovery import recover_page, recovery_page


async def _offer(request: AnyRequest, _: Route) -> Response[Any]:
    return await _offered(request, "", 200)


async def _keep(request: AnyRequest, _: Route) -> Response[Any]:
    """Keep what goes with a new recovery key; the one before opens nothing any more."""
    who = await fresh_person(request)
    verifier = read_key(last(await read_pairs(request), "verifier"))
    if not verifier:
        return await _offered(request, "no_key", 422)
    await storage_of(request).update(Account, {"account": who.account}, recovery_hash=_hash(verifier))
    return Redirect("/you/recovery?now=kept", status_code=303)


async def _ask(request: AnyRequest, _: Route) -> Response[Any]:
    return html("account/recover.html", recover_page(here_of(request, await person(request))), 200)


async def _recover(request: AnyRequest, _: Route) -> Response[Any]:
    """Take a recovery key and a new passphrase's key; the same work and the same answer where there is no account."""
    pairs = await read_pairs(request)
    email = normal_email(last(pairs, "email"))
    try:
        with counted(request, email, now_ms()):
            account = await _recovered(storage_of(request), email, pairs)
    except Problem as refused:
        page = recover_page(here_of(request, await person(request)), email, refused.code)
        answer = html("account/recover.html", page, refused.status)
        answer.headers.update(refused.headers)
        return answer
    return await signed_in(request, account, "/you/recovery?now=recovered")


async def _recovered(storage: Storage, email: str, pairs: Pairs) -> Account:
    key, kdf = key_of(last(pairs, "key")), kdf_of(last(pairs, "kdf"))
    verifier = read_key(last(pairs, "verifier"))
    key_hash = await hash_key(key)  # before anything is known of the account: it takes a tenth of a second
    account = await storage.one(Account, email=email)
    kept = account.recovery_hash if account else ""
    was = _hash(verifier or b"")
    if not account or not verifier or not hmac.compare_digest(kept, was):
        raise Problem(401, "wrong_recovery")
    unused = {"account": account.account, "recovery_hash": was}
    if not await storage.update(Account, unused, key_hash=key_hash, kdf=kdf, recovery_hash=""):
        raise Problem(401, "wrong_recovery")  # somebody was quicker
    await storage.remove(Session, account=account.account)
    return account


async def _offered(request: AnyRequest, code: str, status: int) -> Response[Any]:
    who = await fresh_person(request)
    account = await storage_of(request).one(Account, account=who.account)
    page = recovery_page(here_of(request, who), code, has_key=bool(account and account.recovery_hash))
    return html("account/recovery.html", page, status)


def _hash(verifier: bytes) -> str:
    # Plain SHA-256 is enough: the recovery key is 128 random bits, so there is nothing to guess.
    return hashlib.sha256(verifier).hexdigest()


handlers = handlers_of({"recovery": _offer, "set_recovery": _keep, "recover": _ask, "take_recovery": _recover})
