"""Step 3, Equip: the person's tools with their plans, and the library. Twin: web/phone/views/equip.js."""

from server.entries import Entry
from server.journal import Journal
from server.views.dates import near_text
from server.views.entry import entry_page
from server.views.frame import Context, Here, frame
from server.views.items import title_of, trait_name, url_of
from server.views.library import MOST_TOOLS, guide_url, shelves, trait_asked
from server.views.plans import plan_context
from server.words import fill


def equip_page(journal: Journal, here: Here) -> Context:
    """The person's own tools first, then the library by purpose."""
    trait = trait_asked(journal, here)
    return {
        **frame(here, here.words["steps"]["equip"]["title"], "equip"),
        "mine": [tool_line(tool, journal, here) for tool in journal.of_kind("tool", MOST_TOOLS)],
        "new_url": f"/tools/new?trait_id={trait}" if trait else "/tools/new",
        "shelves": shelves(journal, here),
    }


def tool_page(tool: Entry, journal: Journal, here: Here) -> Context:
    """A tool with its plan, to be rehearsed, and what else it says."""
    page = entry_page(tool, journal, here)
    plan = plan_context(tool)
    told = [*(plan if plan["if_trigger"] else ()), "name", "rehearsed_at", "happened_at"]
    lines = [line for line in page["entry"]["lines"] if line["rivals"] or line["name"] not in told]
    slug = tool.values.get("library", "")
    return {
        **page,
        "entry": {**page["entry"], "lines": lines},
        "plan": plan,
        "rehearsed": rehearsed_text(tool, here),
        "rehearse_url": f"{url_of(tool)}/rehearsed",
        "zone": here.zone,
        "guide_url": guide_url(tool, here.words),
        "library_url": f"/library/{slug}" if slug in here.words["library"] else "",
    }


def tool_line(tool: Entry, journal: Journal, here: Here) -> Context:
    """A tool of the person's in their list."""
    words = here.words
    purpose = tool.values.get("purpose", "")
    return {
        "url": url_of(tool),
        "name": title_of(tool, words),
        "purpose": words["choices"]["purpose"].get(purpose, "") if purpose else "",
        "trait_name": trait_name(tool, journal, words),
        "plan": plan_context(tool),
        "rehearsed": rehearsed_text(tool, here),
        "guide_url": guide_url(tool, words),
    }


def rehearsed_text(tool: Entry, here: Here) -> str:
    """When its plan was last rehearsed, "" if never."""
    when = near_text(tool.values.get("rehearsed_at"), here.today, here.words)
    return fill(here.words["equip"]["rehearsed"], {"when": when}) if when else ""
