"""The five steps' pages: a first useful form each, and what is there already. Twin: web/phone/views/steps.js."""

from server.journal import Journal
from server.views.form import kind_of_step, new_form
from server.views.frame import Context, Here, frame
from server.views.items import items
from server.views.quick import SAVED, trait_choices

SHOWN = 20  # newest entries that a step's page lists


def step_page(step: str, journal: Journal, here: Here, form: Context | None = None) -> Context:
    """A step's page; `form` is one that came back refused."""
    kind = kind_of_step(step)
    likely = next((each["id"] for each in trait_choices(journal, here) if each["chosen"]), "")
    chosen = {"trait_id": here.query.get("trait", "") or likely}
    return {
        **frame(here, here.words["steps"][step]["title"], step),
        "intro": here.words["steps"][step]["intro"],
        "form": form or {**new_form(kind, journal, here, chosen), "onward": SAVED if step == "practise" else ""},
        "items": items(journal.of_kind(kind.kind, SHOWN), journal, here.words),
    }
