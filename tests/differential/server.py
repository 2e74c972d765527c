"""The server's side: its own views and actions over a journal, without the network and the database around them."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from server import actions
from server.actions import RECORD_ID, Gone, Hand, Refused
from server.buttons import BUTTONS
from server.curtain import LOCKED
from server.days import day_of
from server.first_trait import named
from server.forms import Pairs, last
from server.journal import Journal
from server.kinds import kinds
from server.lifelines import read_lifelines
from server.moments import now_in
from server.onward import onward
from server.routes import Route, routes
from server.templates import render
from server.views.contents import VIEWS, Asked, refused_view
from server.views.frame import Here, Shown
from server.views.items import url_of
from server.views.library import taken_before, taken_by_use
from server.views.lock import locked_page
from server.views.you import problem_page
from server.words import own_names, words_of
from sync.record import Record, encode
from tests.differential import example
from tests.differential.example import DEVICE, PREFIX, PROVIDERS, Answer

LIFELINES = read_lifelines()


class Server:
    def __init__(self, records: Iterable[Record]) -> None:
        self.records = {record.id: record for record in records}

    def answer(self, asked: example.Asked) -> Answer:
        """What the server answers, as server/pages.py puts it together."""
        here = here_of(asked)
        try:
            status, location, html = self._answer(asked, here)
        except Gone:
            status, location, html = 404, "", render("problem.html", problem_page(here, "not_found"))
        record = self.records.get(asked.record)
        return Answer(status, location, html, encode(record).decode() if record else "")

    def _answer(self, asked: example.Asked, here: Here) -> tuple[int, str, str]:
        route, id = _route(asked.method, here.path)
        view = Asked(Journal(self.records.values()), here, route.kind, id)
        if here.lock and here.lock.is_on and not route.open:
            return LOCKED, "", render("locked.html", locked_page(here, asked.address))
        if asked.method == "GET":
            context = VIEWS[route.name](view)
            return 200, "", render(route.fragment if asked.partial and route.fragment else route.template, context)
        pairs = parse_qsl(asked.body or "", keep_blank_values=True, errors="strict")
        if route.name == "begin_trait":
            pairs = named(pairs, here.words)
            return self._write(view, pairs, "?begun=yes") if pairs else (303, "/", "")
        return self._act(view, route.name, pairs) if route.name in BUTTONS else self._write(view, pairs)

    def _write(self, view: Asked, pairs: Pairs, shown: str = "") -> tuple[int, str, str]:
        kind, here = kinds()[view.kind], view.here
        if taken := taken_before(kind, view.id, pairs, view.journal):
            return 303, url_of(taken), ""
        sent = view.id or last(pairs, "id")
        id = sent if RECORD_ID.fullmatch(sent) else here.id
        hand = Hand(here.device, here.now, here.zone)
        typed, tool = taken_by_use(kind, pairs, view.journal, here)
        try:
            self.records[id] = actions.write(kind, id, typed, hand, here.words)(self.records.get(id))
            if tool and id != here.id:
                self.records[here.id] = actions.write(kinds()["tool"], here.id, tool, hand, here.words)(None)
        except Refused as refused:
            return 422, "", render(*refused_view(view, refused.form, pairs))
        return 303, onward(pairs, kind, id) + shown, ""

    def _act(self, view: Asked, name: str, pairs: Pairs) -> tuple[int, str, str]:
        hand = Hand(view.here.device, view.here.now, view.here.zone)
        entry = view.journal.get(view.id)
        if not entry or entry.kind != view.kind:
            raise Gone
        self.records[view.id] = BUTTONS[name](pairs, hand)(self.records[view.id])
        return 303, "/bin" if name == "shred" else onward(pairs, kinds()[view.kind], view.id), ""


def here_of(asked: example.Asked) -> Here:
    """What the views need to know, as web/phone/here.js puts it together."""
    standing, words = asked.standing, words_of(asked.language)
    address = urlsplit(asked.address)
    return Here(
        path=unquote(address.path),
        query=dict(parse_qsl(address.query, keep_blank_values=True)),
        language=asked.language,
        words=words,
        languages=own_names(),
        now=asked.now,
        zone=asked.zone,
        today=day_of(now_in(asked.now, asked.zone)),
        id=asked.id,
        nonce=asked.nonce,
        shell=PREFIX,
        country=asked.country,
        lifelines=LIFELINES,
        providers=PROVIDERS,
        device=DEVICE,
        journal="account" if asked.standing.signed_in else DEVICE,
        email=standing.email,
        keeping=_keeping(standing),
        waiting=standing.waiting,
        synced_at=standing.synced_at,
        lock=_shown(asked.lock),
        refused={id: words["refusals"][refusal["code"]] for id, refusal in standing.refused.items()},
    )


def _shown(lock: example.Lock | None) -> Shown | None:
    if not lock:
        return None
    has_passkey = lock.passkey is not msgspec.UNSET
    return Shown(after=lock.after, is_on=lock.is_on, wait=lock.wait, asked=lock.asked, has_passkey=has_passkey)


def _keeping(standing: example.Standing) -> str:
    if not standing.signed_in:
        return "device"
    if standing.signed_out:
        return "signed_out"
    return "waiting" if standing.waiting else "server"


def _route(method: str, path: str) -> tuple[Route, str]:
    parts = path.split("/")
    for route in routes():
        wanted = route.path.split("/")
        pairs = zip(wanted, parts, strict=False)
        if route.method == method and len(wanted) == len(parts) and all(w in ("{id}", part) for w, part in pairs):
            return route, parts[2] if "{id}" in wanted else ""
    raise LookupError(f"{method} {path}")
