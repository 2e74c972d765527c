"""Pages and forms as Litestar answers them; web/phone/answer.js answers the same addresses on the device."""

from typing import Any

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from server import actions, choices
from server.actions import RECORD_ID, Action, Gone, Hand, Refused
from server.answers import Answer, handlers_of
from server.buttons import BUTTONS
from server.codings import compress_page
from server.export import exported_journal
from server.first_trait import named
from server.form_body import read_pairs
from server.forms import Form, Pairs, last, read_form
from server.here import here_of, in_last_zone
from server.html import html
from server.journal import Journal
from server.kinds import kinds
from server.languages import LANGUAGES
from server.onward import onward
from server.problems import Problem
from server.request import AnyRequest, storage_of
from server.routes import Route
from server.sessions import Person, has_session_cookie, person
from server.storage import Unavailable
from server.views import you
from server.views.contents import VIEWS, Asked, refused_view
from server.views.frame import Context, Here
from server.views.items import url_of
from server.views.library import taken_before, taken_by_use
from server.views.support import is_choice
from server.words import words_of
from sync.record import BadRecord, Record


def handlers() -> list[HTTPRouteHandler]:
    """A handler for each route of the table that is a page or a form."""
    answers: dict[str, Answer] = {
        **dict.fromkeys(VIEWS, _page),
        **dict.fromkeys(BUTTONS, _act),
        "begin_trait": _begin,
        "create": _write,
        "edit": _write,
        "export": _export,
        "language": _choose_language,
        "country": _choose_country,
    }
    return handlers_of(answers)


async def render_page(request: AnyRequest, name: str, status: int, **extra: Any) -> Response[Any]:
    """The page `you` or `sign_in` again, after a refusal: `extra` is `typed` (the email), `errors` by field, `next_url`."""
    asked = await _asked(request, "")
    form = you.account_form("/accounts" if name == "you" else "/sign-in", asked.here, **extra)
    if name == "you":
        return html("you.html", you.you_page(asked.journal, asked.here, form), status)
    return html("sign_in.html", you.sign_in_page(asked.here, form), status)


def problem_page(request: AnyRequest, status: int, code: str) -> Response[Any]:
    """A refusal as a page. Who asks may not have been looked up by then, or has a journal on the device: it must not guess."""
    who = request.scope.get("user")
    here = here_of(request, who)
    if not who:
        here = msgspec.structs.replace(here, keeping="unknown")
    if code == "signed_out" and not who and not has_session_cookie(request):
        code = "needs_worker"  # a newcomer: everybody whose browser can keep words is answered there
    return html("problem.html", you.problem_page(here, code), status)


async def _page(request: AnyRequest, route: Route) -> Response[Any]:
    asked = await _asked(request, route.kind)
    try:
        context = VIEWS[route.name](asked)
    except Gone:
        raise Problem(404, "not_found") from None
    partial = route.fragment and request.headers.get("hx-request-type") == "partial"
    return compress_page(request, html(route.fragment if partial else route.template, context, 200))


async def _begin(request: AnyRequest, route: Route) -> Response[Any]:
    pairs = named(await read_pairs(request), words_of(choices.language_of(request)))
    return await _save(request, route, pairs, "?begun=yes") if pairs else _see("/")


async def _write(request: AnyRequest, route: Route) -> Response[Any]:
    return await _save(request, route, await read_pairs(request))


async def _save(request: AnyRequest, route: Route, pairs: Pairs, shown: str = "") -> Response[Any]:
    asked = await _asked(request, route.kind)
    kind = kinds()[route.kind]
    if await _is_of_another(request, pairs):
        form = read_form(kind, pairs, asked.here.words)
        form.errors[""] = asked.here.words["errors"]["other_journal"]
        form.unkept = True
        return _form_again(asked, form, pairs, 409)
    if taken := taken_before(kind, asked.id, pairs, asked.journal):
        return _see(url_of(taken))
    sent = asked.id or last(pairs, "id")
    id = sent if RECORD_ID.fullmatch(sent) else asked.here.id
    typed, tool = taken_by_use(kind, pairs, asked.journal, asked.here)
    try:
        hand, words = await _hand(request, asked.here), asked.here.words
        await _change(request, id, actions.write(kind, id, typed, hand, words))
        if tool and id != asked.here.id:
            await _change(request, asked.here.id, actions.write(kinds()["tool"], asked.here.id, tool, hand, words))
    except Refused as refused:
        return _form_again(asked, refused.form, pairs, 422)
    except Unavailable:
        form = read_form(kind, pairs, asked.here.words)
        form.errors[""] = asked.here.words["errors"]["unavailable"]
        form.unkept = True
        here = msgspec.structs.replace(asked.here, keeping="unknown")  # "saved" would be taken for these words
        return _form_again(asked._replace(here=here), form, pairs, 503)
    return _see(onward(pairs, kind, id) + shown)


async def _is_of_another(request: AnyRequest, pairs: Pairs) -> bool:
    """Whether a form was begun in another journal than the one that is signed in to by now."""
    begun = last(pairs, "journal")
    return bool(begun) and begun != (await _owner(request)).account


def _form_again(asked: Asked, form: Form, pairs: Pairs, status: int) -> Response[Any]:
    """The page of a form that could not be kept, with all that was typed."""
    template, context = refused_view(asked, form, pairs)
    return html(template, context, status)


async def _act(request: AnyRequest, route: Route) -> Response[Any]:
    pairs = await read_pairs(request)
    asked = await _asked(request, route.kind)
    entry = asked.journal.get(asked.id)
    if not entry or entry.kind != route.kind:
        raise Problem(404, "not_found")
    await _change(request, asked.id, BUTTONS[route.name](pairs, await _hand(request, asked.here)))
    return _see("/bin" if route.name == "shred" else onward(pairs, kinds()[route.kind], asked.id))


async def _export(request: AnyRequest, _route: Route) -> Response[Any]:
    owner = await _owner(request)
    body = exported_journal(await storage_of(request).records(owner.account))
    headers = {"Content-Disposition": 'attachment; filename="unlearn.json"', "Cache-Control": "no-store"}
    return Response(body, media_type="application/json", headers=headers)


async def _choose_language(request: AnyRequest, _route: Route) -> Response[Any]:
    language = last(await read_pairs(request), "language")
    if language not in LANGUAGES:
        raise Problem(400, "malformed")
    return choices.remember(request, choices.LANGUAGE, language, _see(you.LANGUAGE_CHANGED))


async def _choose_country(request: AnyRequest, _route: Route) -> Response[Any]:
    country = last(await read_pairs(request), "country")
    if not is_choice(country, request.app.state.lifelines):
        return _see("/support")  # help is no place for a refusal
    return choices.remember(request, choices.COUNTRY, country, _see(f"/support?country={country}"))


async def _change(request: AnyRequest, id: str, action: Action) -> Record:
    try:
        return await storage_of(request).change((await _owner(request)).account, id, action)
    except Gone:
        raise Problem(404, "not_found") from None
    except BadRecord:
        raise Problem(413, "too_large") from None


async def _asked(request: AnyRequest, kind: str) -> Asked:
    who = await person(request)
    journal = await request.app.state.journals.journal(who.account) if who else Journal([])
    here = here_of(request, who)
    return Asked(journal, in_last_zone(here, journal), kind, request.path_params.get("id", ""))


async def _owner(request: AnyRequest) -> Person:
    who = await person(request)
    if not who:
        raise Problem(401, "signed_out")
    return who


async def _hand(request: AnyRequest, here: Here) -> Hand:
    writer = await storage_of(request).writer((await _owner(request)).account)
    return Hand(writer, here.now, here.zone)


def _see(url: str) -> Redirect:
    return Redirect(url, status_code=303)


__all__ = ["Context", "handlers", "problem_page", "render_page"]
