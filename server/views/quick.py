"""The quick log: which reaction, how strong, in one tap; and what is said once an entry is saved. Twin: web/phone/views/quick.js."""

from server.entries import Entry
from server.journal import Journal
from server.views.frame import Context, Here, frame
from server.views.items import title_of
from server.views.notice import MOST_TRAITS, is_rested
from server.words import fill

STRENGTHS = (20, 40, 60, 80, 100)
LOOKED_AT = 20  # newest practices in which the trait that was logged last is looked for
SAVED = "/practices/{id}?saved=yes"


def quick_page(journal: Journal, here: Here) -> Context:
    """Each reaction in five strengths, each a button that saves; the trait of the last log is chosen."""
    return {
        **frame(here, here.words["titles"]["quick"], "practise"),
        "form": {"id": here.id, "journal": here.journal, "zone": here.zone, "onward": SAVED},
        "traits": trait_choices(journal, here),
        "rows": [
            [_button(reaction, strength, here) for reaction in ("old", "new")] for strength in reversed(STRENGTHS)
        ],
    }


def trait_choices(journal: Journal, here: Here) -> list[Context]:
    """The active traits as choices, the one that is most likely meant first and chosen."""
    traits = active_traits(journal)
    ids = [trait.id for trait in traits]
    logged = [entry.values.get("trait_id") for entry in journal.of_kind("practice", LOOKED_AT)]
    likely = [here.query.get("trait", ""), *logged, *(ids if len(ids) == 1 else [])]
    chosen = next((id for id in likely if id in ids), "")
    ordered = [trait for trait in traits if trait.id == chosen] + [trait for trait in traits if trait.id != chosen]
    return [{"id": each.id, "name": title_of(each, here.words), "chosen": each.id == chosen} for each in ordered]


def likely_trait(journal: Journal, here: Here) -> str:
    """The id of the trait that is most likely meant, or ""."""
    return next((str(each["id"]) for each in trait_choices(journal, here) if each["chosen"]), "")


def active_traits(journal: Journal) -> list[Entry]:
    """The traits that do not rest, the newest first."""
    return [trait for trait in journal.of_kind("trait", MOST_TRAITS) if not is_rested(trait)]


def saved_note(entry: Entry, here: Here) -> str:
    """What is said to a practice entry that was just saved; a setback is as good a log as any."""
    if entry.kind != "practice" or "saved" not in here.query:
        return ""
    old, new = (entry.values.get(name) or 0 for name in ("old_reaction", "new_reaction"))
    if old == new == 0:
        return str(here.words["saved"]["plain"])
    more = old - new
    return str(here.words["saved"]["old" if more > 0 else "new" if more < 0 else "both"])


def _button(reaction: str, strength: int, here: Here) -> Context:
    words = here.words["quick"]
    says = words["strengths"][str(strength)]
    return {
        "field": f"{reaction}_reaction",
        "reaction": reaction,
        "strength": strength,
        "width": 2 + strength // 10,
        "says": says,
        "name": fill(words["name"], {"reaction": words[reaction], "strength": says}),
    }
