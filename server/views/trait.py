"""A trait with its two paths, its five steps and the one next thing. Twin: web/phone/views/trait.js."""

from server.entries import Entry
from server.first_trait import suggested_name
from server.journal import Journal
from server.views.chain import chained
from server.views.entry import entry_page
from server.views.frame import Context, Here
from server.views.items import card, items
from server.views.notice import is_rested, trait_line
from server.views.plans_of_reviews import plan_text
from server.views.today import MOST_TOOLS, next_thing

SHOWN = 5  # newest entries that a step lists
CHAINS = 3  # newest lessons that are drawn; the rest is listed
SECTIONS = (("lesson", "explore"), ("tool", "equip"), ("practice", "practise"), ("review", "rewire"))


def trait_page(entry: Entry, journal: Journal, here: Here) -> Context:
    """A trait with what each of the five steps holds for it, and what each could hold next."""
    words = here.words
    lessons = journal.of_trait(entry.id, "lesson", CHAINS + SHOWN + 1)
    tools = journal.of_kind("tool", MOST_TOOLS)
    return {
        **entry_page(entry, journal, here),
        "card": card(entry, journal, here),
        "plan": plan_text(entry, journal, words),
        "line": trait_line(entry, words),
        "begun": _begun(entry, here),
        "next": [] if entry.binned or is_rested(entry) else [next_thing(entry, tools, journal, here)],
        "chains": [chained(lesson, journal, words) for lesson in lessons[:CHAINS]],
        "sections": [
            _section(kind, step, _held(kind, entry, journal, lessons), entry, journal, here) for kind, step in SECTIONS
        ],
    }


def _begun(trait: Entry, here: Here) -> str:
    """What the first five screens end with: "saved", "named" when the name is a suggested one, else ""."""
    if here.query.get("begun") != "yes" or trait.binned:
        return ""
    return "named" if trait.values.get("name") == suggested_name(trait.values, here.words) else "saved"


def _held(kind: str, trait: Entry, journal: Journal, lessons: list[Entry]) -> list[Entry]:
    """What a step holds for the trait, one more than it lists: lessons that are not drawn; tools serve every trait."""
    if kind == "lesson":
        return lessons[CHAINS:]
    return journal.of_kind(kind, SHOWN + 1) if kind == "tool" else journal.of_trait(trait.id, kind, SHOWN + 1)


def _section(kind: str, step: str, held: list[Entry], trait: Entry, journal: Journal, here: Here) -> Context:
    words = here.words["steps"][step]
    all_url = "/equip" if kind == "tool" else f"/journal?kind={kind}&trait={trait.id}"
    return {
        "step": step,
        "label": words["label"],
        "url": f"/rewire/{trait.id}/review" if step == "rewire" else f"/{step}?trait={trait.id}",
        "add_label": words["add"],
        "items": items(held[:SHOWN], journal, here),
        "all_url": all_url if len(held) > SHOWN else "",
        "empty": words["empty"],
    }
