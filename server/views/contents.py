"""Which view answers which route of the table. Twin: web/phone/views/contents.js."""

from collections.abc import Callable
from typing import NamedTuple

from server.actions import Gone
from server.entries import Entry
from server.forms import Form, Pairs, last
from server.journal import Journal
from server.kinds import kinds
from server.views.emotions import emotions_page
from server.views.entry import edit_page, entry_page, new_page
from server.views.equip import equip_page, tool_page
from server.views.explore import explore_page, lesson_page
from server.views.form import filled_form
from server.views.frame import Context, Here
from server.views.journal import journal_page
from server.views.learn import learn_page, reading_page
from server.views.library import library_page
from server.views.lists import bin_page
from server.views.lock import lock_page
from server.views.measures import measures_page
from server.views.notice import begin_page, notice_page
from server.views.now import now_page
from server.views.plans import plans_fragment
from server.views.practise import practise_page
from server.views.quick import quick_page
from server.views.reviews import review_page
from server.views.rewire import rewire_page, rewire_trait_page
from server.views.support import support_page
from server.views.today import today
from server.views.trait import trait_page
from server.views.you import sign_in_page, you_page


class Asked(NamedTuple):
    """What a page is asked for: whose journal, from where, and for a route of a kind that kind and the id."""

    journal: Journal
    here: Here
    kind: str
    id: str


VIEWS: dict[str, Callable[[Asked], Context]] = {
    "today": lambda asked: today(asked.journal, asked.here),
    "begin": lambda asked: begin_page(asked.journal, asked.here),
    "notice": lambda asked: notice_page(asked.journal, asked.here),
    "equip": lambda asked: equip_page(asked.journal, asked.here),
    "explore": lambda asked: explore_page(asked.journal, asked.here),
    "practise": lambda asked: practise_page(asked.journal, asked.here),
    "rewire": lambda asked: rewire_page(asked.journal, asked.here),
    "rewire_trait": lambda asked: rewire_trait_page(_trait(asked.journal, asked.id), asked.journal, asked.here),
    "review": lambda asked: review_page(_trait(asked.journal, asked.id), asked.journal, asked.here),
    "now": lambda asked: now_page(asked.journal, asked.here),
    "emotions": lambda asked: emotions_page(asked.journal, asked.here),
    "quick": lambda asked: quick_page(asked.journal, asked.here),
    "journal": lambda asked: journal_page(asked.journal, asked.here),
    "bin": lambda asked: bin_page(asked.journal, asked.here),
    "you": lambda asked: you_page(asked.journal, asked.here),
    "support": lambda asked: support_page(asked.journal, asked.here),
    "lock": lambda asked: lock_page(asked.here),
    "measures": lambda asked: measures_page(asked.here),
    "learn": lambda asked: learn_page(asked.here),
    "reading": lambda asked: reading_page(asked.id, asked.here),
    "sign_in": lambda asked: sign_in_page(asked.here),
    "library": lambda asked: library_page(asked.id, asked.journal, asked.here),
    "tool": lambda asked: tool_page(_entry(asked), asked.journal, asked.here),
    "plans": lambda asked: plans_fragment(asked.journal, asked.here),
    "trait": lambda asked: trait_page(_entry(asked), asked.journal, asked.here),
    "lesson": lambda asked: lesson_page(_entry(asked), asked.journal, asked.here),
    "entry": lambda asked: entry_page(_entry(asked), asked.journal, asked.here),
    "new_form": lambda asked: new_page(kinds()[asked.kind], asked.journal, asked.here),
    "edit_form": lambda asked: edit_page(_entry(asked), asked.journal, asked.here),
}


def refused_view(asked: Asked, form: Form, pairs: Pairs) -> tuple[str, Context]:
    """The page that a refused form came from, with all that was typed: its template and its context."""
    kind = kinds()[asked.kind]
    hidden = {name: last(pairs, name) for name in ("id", "journal", "seen", "was", "onward", "draft")}
    hidden["journal"] = hidden["journal"] or asked.here.journal  # whose it was begun in, whoever it came back to
    entry = asked.journal.get(asked.id) if asked.id else None
    if entry:
        again = filled_form(kind, asked.journal, asked.here, form, f"/{kind.plural}/{asked.id}", hidden)
        return "edit.html", edit_page(entry, asked.journal, asked.here, again)
    again = filled_form(kind, asked.journal, asked.here, form, f"/{kind.plural}", hidden)
    if asked.here.path == "/begin":
        return "begin.html", begin_page(asked.journal, asked.here, again)
    if kind.kind == "practice" and hidden["draft"] == "now":
        used = [value for name, value in pairs if name == "tool_ids"]
        return "now.html", now_page(asked.journal, asked.here, again, used)
    if kind.kind == "practice":
        return "practise.html", practise_page(asked.journal, asked.here, again)
    if kind.kind == "trait":
        return "notice.html", notice_page(asked.journal, asked.here, again)
    if kind.kind == "lesson":
        return "explore.html", explore_page(asked.journal, asked.here, again)
    reviewed = asked.journal.get(last(pairs, "trait_id")) if kind.kind == "review" else None
    if reviewed and reviewed.kind == "trait":
        return "review.html", review_page(reviewed, asked.journal, asked.here, again)
    return "new.html", new_page(kind, asked.journal, asked.here, again)


def _trait(journal: Journal, id: str) -> Entry:
    trait = journal.get(id)
    if not trait or trait.kind != "trait":
        raise Gone
    return trait


def _entry(asked: Asked) -> Entry:
    entry = asked.journal.get(asked.id)
    if not entry or entry.kind != asked.kind:
        raise Gone
    return entry
