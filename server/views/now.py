"""The guide for a hot moment: name it, pick one thing, do it, log it. Twin: web/phone/views/now.js."""

from server.entries import Entry
from server.journal import Journal
from server.kinds import kinds
from server.views.form import new_form
from server.views.frame import Context, Here, frame
from server.views.items import title_of
from server.views.quick import SAVED, likely_trait
from server.views.screens import screens
from server.words import Words

LAYOUT = (
    ("name", ("trait_id", "distress_before")),
    ("pick", ()),
    ("do", ()),
    ("log", ("distress_after", "old_reaction", "new_reaction")),
)
MOST_WAYS = 6  # tools of one's own to pick from: more would be work on a hard day
LOOKED_AT = 50  # newest tools
ALWAYS = ("paced_breathing", "five_senses")  # of the library, for whoever has not taken them


def now_page(journal: Journal, here: Here, form: Context | None = None, used: list[str] | None = None) -> Context:
    """One form in four screens; the trait of the last log is chosen.

    `form` is one that came back refused, with the ids of the ways that were `used`.
    """
    words = here.words
    form = form or new_form(kinds()["practice"], journal, here, {"trait_id": likely_trait(journal, here)})
    return {
        **frame(here, words["titles"]["now"], "practise"),
        "form": {**form, "onward": SAVED, "draft": "now", "submit": words["now"]["submit"]},
        "screens": [
            {**screen, "note": words["now"][f"{screen['name']}_note"]}
            for screen in screens(form, LAYOUT, words["now"], words)
        ],
        "ways": [{**way, "chosen": way["id"] in (used or [])} for way in _ways(journal, here)],
    }


def _ways(journal: Journal, here: Here) -> list[Context]:
    """The person's tools for coping now, then breathing and grounding from the library."""
    tools = [tool for tool in journal.of_kind("tool", LOOKED_AT) if tool.values.get("purpose") == "now"][:MOST_WAYS]
    taken = {tool.values.get("library") for tool in tools}
    library = here.words["library"]
    own = [_own(tool, library, here) for tool in tools]
    others = [_way(slug, library[slug]["name"], slug, library[slug]["steps"], library) for slug in ALWAYS]
    ways = [*own, *(way for slug, way in zip(ALWAYS, others, strict=True) if slug not in taken)]
    return [{**way, "number": number} for number, way in enumerate(ways)]


def _own(tool: Entry, library: Words, here: Here) -> Context:
    steps = [line for line in tool.values.get("steps", "").replace("\r", "\n").split("\n") if line.strip(" \t")]
    return _way(tool.id, title_of(tool, here.words), tool.values.get("library", ""), steps, library)


def _way(id: str, name: str, slug: str, steps: list[str], library: Words) -> Context:
    guide = library[slug].get("guide", "") if slug in library else ""
    return {"id": id, "name": name, "guide": guide, "steps": steps}
