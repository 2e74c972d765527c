import re
import secrets
import unicodedata
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect

from server.attempts import MAX_EMAIL, count_asked, counted
from server.clock import now_ms
from server.credentials import new_credential
from server.form_body import read_pairs
from server.forms import last
from server.here import here_of
from server.html import html
from server.key_hashes import hash_key
from server.keys import read_kdf
from server.pages import render_page
from server.problems import Problem, wants_json
from server.proof import kdf_for, key_of, known
from server.request import AnyRequest, storage_of
from server.same_origin import is_same_site_path
from server.sessions import end_session, person, session_cookie, signed_in_person
from server.sign_up import signing_up
from server.signed_in import signed_in
from server.storage import Account, EmailTaken, Storage, Token
from server.views.you import problem_page
from server.words import count

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
FORGET = {"Clear-Site-Data": '"cache"'}  # pages that were left; "storage" would take words along that no server has
ACCOUNT_BYTES = 12  # of an account's id, which every token and cookie carries
MAX_BODY = 8 * 1024  # bytes


class Credentials(msgspec.Struct, frozen=True):
    """What the forms for making an account and for signing in hold: a key in base64url, and how a new one was made."""

    email: str
    key: str
    kdf: str
    next_url: str


@post("/accounts", request_max_body_size=MAX_BODY)
async def make_account(request: AnyRequest) -> Response[Any]:
    """Make an account and sign in to it."""
    typed = await _read(request)
    try:
        with counted(request, normal_email(typed.email), now_ms()):
            async with signing_up(request):
                account = await add_account(storage_of(request), typed.email, typed.key, typed.kdf, now_ms())
    except Problem as problem:
        return await _refuse(request, "you", typed, problem)
    return await signed_in(request, account, typed.next_url, status=201)


@post("/sign-in", request_max_body_size=MAX_BODY)
async def sign_in(request: AnyRequest) -> Response[Any]:
    """Begin a session for whoever has the account's key."""
    typed = await _read(request)
    try:
        with counted(request, normal_email(typed.email), now_ms()):
            account = await known(storage_of(request), normal_email(typed.email), typed.key)
    except Problem as problem:
        return await _refuse(request, "sign_in", typed, problem)
    return await signed_in(request, account, typed.next_url)


@post("/sign-in/parameters", status_code=200, request_max_body_size=MAX_BODY)
async def parameters(request: AnyRequest) -> dict[str, str]:
    """Tell a device how the key of an account is made; without an email, of the one that is signed in to."""
    who = await person(request)
    email = normal_email(last(await read_pairs(request), "email")) or (who.email if who else "")
    count_asked(request, email, now_ms())
    state = request.app.state
    secret = state.get("kdf_secret") or state.setdefault("kdf_secret", await storage_of(request).secret("kdf"))
    return {"kdf": await kdf_for(storage_of(request), email, secret)}


@get("/signed-in")
async def go_on(request: AnyRequest) -> Response[Any]:
    """Go on to where a person wanted to go. A worker that came up meanwhile answers here, and learns who signed in."""
    next_url = request.query_params.get("next", "")
    return Redirect(next_url if is_same_site_path(next_url) else "/", status_code=303)


@post("/sign-out")
async def sign_out(request: AnyRequest) -> Response[Any]:
    """End this session, here and on the server; a page that no worker answers asks about half-typed forms first.

    One that a provider began may go on there: the answer leads to a page that says so.
    """
    pairs = await read_pairs(request)
    said = last(pairs, "drafts")
    drafts = int(said) if re.fullmatch("[0-9]{1,6}", said) else 0
    if drafts and last(pairs, "unsent") not in ("keep", "discard"):
        here = here_of(request, await person(request))
        only = count(here.words["counts"]["drafts"], drafts, here.words)
        return html("problem.html", problem_page(here, "unsent", {"count": only}), 409)
    ended = await end_session(request)
    cookies = [session_cookie(request.app.state.settings, "")]
    has_provider = ended and ended.provider in request.app.state.openid
    next_url = f"/signed-out?from={ended.provider}" if ended and has_provider else "/"
    if wants_json(request):
        return Response({"next": next_url}, status_code=200, cookies=cookies, headers=FORGET)
    return Redirect(next_url, status_code=303, cookies=cookies, headers=FORGET)


@get("/session")
async def session(request: AnyRequest) -> dict[str, str | None]:
    """Tell a browser who is signed in, and the device that the session speaks for (none: it has not spoken yet)."""
    who = await signed_in_person(request)
    return {"account": who.account, "email": who.email, "device": who.device}


handlers = [make_account, sign_in, parameters, go_on, sign_out, session]


async def add_account(storage: Storage, email: str, key: str, kdf: str, now: int) -> Account:
    """Store a new account, or raise a Problem."""
    email = normal_email(email)
    if not (EMAIL.fullmatch(email) and len(email) <= MAX_EMAIL and email.isprintable()):
        raise Problem(422, "malformed", extra={"errors": {"email": "email"}})
    if not read_kdf(kdf):
        raise Problem(422, "no_key")
    account = Account(secrets.token_urlsafe(ACCOUNT_BYTES), email, await hash_key(key_of(key)), now, kdf)
    try:
        await storage.add_account(account)
    except EmailTaken as taken:
        raise Problem(409, "email_taken", extra={"errors": {"email": "email_taken"}}) from taken
    return account


async def make_token(storage: Storage, email: str, now: int) -> str | None:
    """Make a bearer token for /sync, to be shown once; None when nobody has this email."""
    account = await storage.one(Account, email=normal_email(email))
    if not account:
        return None
    token, token_hash = new_credential(account.account)
    await storage.add(Token(account.account, token_hash, now))
    return token


def normal_email(email: str) -> str:
    """Give the one spelling under which an account is kept: people type capitals and spaces as they come."""
    return unicodedata.normalize("NFC", email.strip().casefold())


async def _refuse(request: AnyRequest, page: str, typed: Credentials, problem: Problem) -> Response[Any]:
    if wants_json(request):
        raise problem
    errors = problem.extra.get("errors") or {"": problem.code}
    answer = await render_page(request, page, problem.status, typed=typed.email, errors=errors, next_url=typed.next_url)
    answer.headers.update(problem.headers)
    return answer


async def _read(request: AnyRequest) -> Credentials:
    pairs = await read_pairs(request)
    next_url = last(pairs, "next")
    here = next_url if is_same_site_path(next_url) else "/"
    return Credentials(last(pairs, "email"), last(pairs, "key"), last(pairs, "kdf"), here)
