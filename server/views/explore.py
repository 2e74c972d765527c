"""Step 2, Explore: the lesson behind a trait, a question a screen, and the map of traits. Twin: web/phone/views/explore.js."""

from server.entries import Entry
from server.journal import Journal
from server.kinds import kinds
from server.views.chain import chained
from server.views.entry import entry_page
from server.views.examples import chosen_example, whole_examples, with_examples
from server.views.form import new_form
from server.views.frame import Context, Here, frame
from server.views.items import items, title_of, url_of
from server.views.notice import MOST_SHOWN, MOST_TRAITS, is_rested
from server.views.screens import Layout, screens
from server.views.trait_map import trait_map
from server.words import Words

SHOWN = 20  # newest lessons that are listed
PINNED = ("came_up", "shows_up", "protected", "costs", "instead")
SCREENS: Layout = (
    ("what_happened", ("what_happened",)),
    ("rule", ("rule_when", "rule_then", "rule_so")),
    ("helped_then", ("helped_then",)),
    ("keeps_alive", ("keeps_alive",)),
    ("sets_off", ("sets_off",)),
)


def explore_page(journal: Journal, here: Here, form: Context | None = None) -> Context:
    """The questions about the chosen trait, or the traits to choose from; `form` is one that came back refused."""
    words = here.words
    traits = journal.of_kind("trait", MOST_TRAITS)
    trait = _chosen(traits, journal, here, form)
    asked = form or (new_form(kinds()["lesson"], journal, here, chosen_example("lesson", here)) if trait else None)
    url = f"/explore?trait={trait.id}" if trait else "/explore"
    candidates = [] if asked else [_choice(each, words) for each in _active_first(traits)]
    return {
        **frame(here, words["steps"]["explore"]["title"], "explore"),
        "about": pinned(trait, words) if trait else {"url": "", "name": "", "lines": []},
        "candidates": candidates[:MOST_SHOWN],
        "more": candidates[MOST_SHOWN:],
        "forms": [_about(with_examples(asked, "lesson", words), trait, url, words)] if asked else [],
        "more_traits": len(traits) > 1,
        "items": items(journal.of_kind("lesson", SHOWN), journal, here),
        "map": trait_map(traits, journal, words),
    }


def lesson_page(entry: Entry, journal: Journal, here: Here) -> Context:
    """A lesson as a chain, and all that it says."""
    return {**entry_page(entry, journal, here), "chain": chained(entry, journal, here.words)}


def pinned(trait: Entry, words: Words) -> Context:
    """What the person wrote of the trait in step 1, to have in sight."""
    said = words["fields"]["trait"]
    texts = ((name, trait.values.get(name, "")) for name in PINNED)
    return {
        "url": url_of(trait),
        "name": title_of(trait, words),
        "lines": [{"label": said[name]["label"], "text": text} for name, text in texts if text.strip(" \t\r\n")],
    }


def _chosen(traits: list[Entry], journal: Journal, here: Here, form: Context | None) -> Entry | None:
    """The trait that the form or the address names, or the only one there is."""
    fields = form["fields"] if form else []
    typed = next((field["value"] for field in fields if field["name"] == "trait_id"), here.query.get("trait", ""))
    named = journal.get(typed)
    if named and named.kind == "trait":
        return named
    return traits[0] if len(traits) == 1 and not form else None


def _active_first(traits: list[Entry]) -> list[Entry]:
    return [each for each in traits if not is_rested(each)] + [each for each in traits if is_rested(each)]


def _choice(trait: Entry, words: Words) -> Context:
    return {"url": f"/explore?trait={trait.id}", "name": title_of(trait, words)}


def _about(form: Context, trait: Entry | None, url: str, words: Words) -> Context:
    """The form about a trait, with a draft of its own: it is chosen already, and sets off others than itself."""
    id = trait.id if trait else ""
    fields = [
        {**field, "options": [option for option in field["options"] if option["value"] != id]}
        for field in form["fields"]
    ]
    asked = {**form, "fields": fields}
    return {
        **asked,
        "trait_id": id,
        "draft": id,
        "leave": url_of(trait) if trait else "/",
        "examples": [
            {**each, "url": each["url"].replace("/explore?", f"{url}&" if trait else f"{url}?")}
            for each in whole_examples("lesson", "/explore", words)
        ],
        "screens": screens(asked, SCREENS, words["explore"]["screens"], words),
    }
