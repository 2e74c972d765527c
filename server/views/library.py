"""The starter library of tools, words.library by slug. Twin: web/phone/views/library.js."""

from server.actions import Gone
from server.entries import Entry
from server.forms import Pairs, last
from server.journal import Journal
from server.kinds import Kind
from server.views.frame import Context, Here, frame
from server.views.items import url_of
from server.words import Words

MOST_TOOLS = 200  # newest tools of one's own that pages look through


def library_page(slug: str, journal: Journal, here: Here) -> Context:
    """One tool of the library whole, and the way to take it, or to where it was taken already."""
    words = here.words
    if slug not in words["library"]:
        raise Gone
    about = words["library"][slug]
    mine = taken(journal).get(slug)
    return {
        **frame(here, about["name"], "equip"),
        "tool": {**about, "guide": about.get("guide", "")},
        "purpose": words["choices"]["purpose"][about["purpose"]],
        "mine_url": url_of(mine) if mine else "",
        "has_journal": here.keeping not in ("nothing", "unknown"),
        "form": {
            "id": here.id,
            "journal": here.journal,
            "zone": here.zone,
            "trait_id": trait_asked(journal, here),
            "library": slug,
            "steps": "\n".join(about["steps"]),
        },
    }


def shelves(journal: Journal, here: Here) -> list[Context]:
    """The library by what its tools are for."""
    words, kept = here.words, taken(journal)
    trait = trait_asked(journal, here)
    query = f"?trait={trait}" if trait else ""
    return [
        {
            "purpose": purpose,
            "label": words["choices"]["purpose"][purpose],
            "tools": [
                {
                    "url": f"/library/{slug}{query}",
                    "name": about["name"],
                    "for": about["for"],
                    "is_guided": "guide" in about,
                    "is_mine": slug in kept,
                }
                for slug, about in words["library"].items()
                if about["purpose"] == purpose
            ],
        }
        for purpose in ("now", "lasting")
    ]


def taken_before(kind: Kind, id: str, pairs: Pairs, journal: Journal) -> Entry | None:
    """The tool that a form without an `id` of an entry would take from the library a second time."""
    return None if id or kind.kind != "tool" else taken(journal).get(last(pairs, "library"))


def taken_by_use(kind: Kind, pairs: Pairs, journal: Journal, here: Here) -> tuple[Pairs, Pairs]:
    """A moment's form that may name a tool of the library by its slug: the same with the person's own tool instead.

    Second comes the form that takes that tool under the fresh id, empty when they have it.
    """
    library = here.words["library"]
    slug = next((value for name, value in pairs if name == "tool_ids" and value in library), "")
    if kind.kind != "practice" or not slug:
        return pairs, []
    mine = taken(journal).get(slug)
    own = mine.id if mine else here.id
    moment = [(name, own if (name, value) == ("tool_ids", slug) else value) for name, value in pairs]
    about = library[slug]
    tool = [("name", about["name"]), ("purpose", about["purpose"]), ("steps", "\n".join(about["steps"]))]
    return moment, [] if mine else [*tool, ("library", slug), ("zone", last(pairs, "zone"))]


def taken(journal: Journal) -> dict[str, Entry]:
    """The person's tools that are from the library, by slug; of two, the newest."""
    tools = [(tool.values.get("library", ""), tool) for tool in journal.of_kind("tool", MOST_TOOLS)]
    return {slug: tool for slug, tool in reversed(tools) if slug}


def guide_url(tool: Entry, words: Words) -> str:
    """Where the timed guide of the tool is, "" when it has none."""
    slug = tool.values.get("library", "")
    return f"/library/{slug}#guide" if "guide" in words["library"].get(slug, {}) else ""


def trait_asked(journal: Journal, here: Here) -> str:
    """The trait that the page was asked for, "" when that is none."""
    trait = journal.get(here.query.get("trait", ""))
    return trait.id if trait and trait.kind == "trait" else ""
