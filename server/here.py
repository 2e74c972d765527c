"""From where a page is asked for. Twin: web/phone/here.js."""

import uuid

import msgspec

from server import choices, moments
from server.days import day_of
from server.headers import nonce
from server.journal import Journal
from server.lock import lock_of
from server.openid.providers import shown_providers
from server.request import AnyRequest
from server.routes import server_pages
from server.sessions import Person
from server.views.frame import Here, Shown
from server.words import own_names, words_of

DEVICE = "server"  # the server's own name in dots (SYNC.md §1)


def here_of(request: AnyRequest, who: Person | None) -> Here:
    """What the views need to know of the browser and the request."""
    language = choices.language_of(request)
    now, lock = request.app.state.clock(), lock_of(request)
    return Here(
        path=request.scope["path"],
        query=dict(request.query_params.items()),
        language=language,
        words=words_of(language),
        languages=own_names(),
        now=now,
        zone="",
        today=day_of(moments.now_in(now, "")),
        id=str(uuid.uuid4()),
        nonce=nonce(request),
        shell=request.app.state.shell.prefix,
        country=choices.country_of(request),
        lifelines=request.app.state.lifelines,
        sign_up=request.app.state.settings.sign_up,
        providers=shown_providers(request.app.state.settings.oidc),
        device=DEVICE,
        journal=who.account if who else "",
        email=who.email if who else "",
        keeping=_keeping(request, who),
        lock=Shown(after=lock.after, is_on=lock.is_on(now)) if lock and who else None,
    )


def _keeping(request: AnyRequest, who: Person | None) -> str:
    """Where words are, as far as the server knows: on its own pages a browser may hold some that it has not heard of."""
    if request.method == "GET" and request.scope["path"] in server_pages():
        return "unknown"
    return "server" if who else "nothing"


def in_last_zone(here: Here, journal: Journal) -> Here:
    """The server has no clock of the person's own: it takes the zone that they last wrote in."""
    written = (moments.parse(entry.values.get("happened_at")) for entry in journal.newest(1))
    zone = next((moment.zone for moment in written if moment), "")
    return msgspec.structs.replace(here, zone=zone, today=day_of(moments.now_in(here.now, zone)))
