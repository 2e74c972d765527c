"""Step 1, Notice: a first trait in five short screens, and the exercise for any trait. Twin: web/phone/views/notice.js."""

from server.entries import Entry
from server.journal import Journal
from server.kinds import kinds
from server.views.examples import chosen_example, prompt, whole_examples, with_examples
from server.views.form import new_form
from server.views.frame import Context, Here, frame
from server.views.items import title_of, url_of
from server.views.screens import Layout, screens
from server.words import Words

MOST_TRAITS = 200  # newest traits that pages list
MOST_SHOWN = 8  # of them with their pictures, or in sight: the others are folded away
SCREENS: Layout = (
    ("moment", ("came_up_as", "came_up")),
    ("name", ("name",)),
    ("shows_up", ("shows_up",)),
    ("protected", ("protected",)),
    ("now", ("costs", "instead")),
)


def begin_page(journal: Journal, here: Here, form: Context | None = None) -> Context:
    """The guided first trait; `form` is one that came back refused."""
    words = here.words
    form = _trait_form(journal, here, form)
    return {
        **frame(here, words["begin"]["title"], "notice"),
        "form": {**form, "action": "/begin"},
        "screens": screens(form, SCREENS, words["begin"]["screens"], words),
        "examples": whole_examples("trait", "/begin", words),
        "prompt": prompt("/begin", here),
    }


def notice_page(journal: Journal, here: Here, form: Context | None = None) -> Context:
    """The exercise on one page, and the traits that are there; `form` is one that came back refused."""
    words = here.words
    traits = journal.of_kind("trait", MOST_TRAITS)
    return {
        **frame(here, words["steps"]["notice"]["title"], "notice"),
        "form": _trait_form(journal, here, form),
        "examples": whole_examples("trait", "/notice", words),
        "prompt": prompt("/notice", here),
        "active": [trait_line(trait, words) for trait in traits if not is_rested(trait)],
        "rested": [trait_line(trait, words) for trait in traits if is_rested(trait)],
    }


def is_rested(trait: Entry) -> bool:
    """Whether the person lets it rest for now."""
    return bool(trait.values.get("state") == "rested")


def trait_line(trait: Entry, words: Words) -> Context:
    """A trait with the one button that lets it rest or takes it up again."""
    way = "wake" if is_rested(trait) else "rest"
    return {
        "url": url_of(trait),
        "title": title_of(trait, words),
        "state": words["trait"]["rested" if is_rested(trait) else "active"],
        "change_url": f"{url_of(trait)}/{way}",
        "change": words["trait"][way],
    }


def _trait_form(journal: Journal, here: Here, form: Context | None) -> Context:
    form = form or new_form(kinds()["trait"], journal, here, chosen_example("trait", here))
    return with_examples(form, "trait", here.words)
