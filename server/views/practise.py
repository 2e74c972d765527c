"""Step 4, Practise: the full form for a moment, and those logged last. Twin: web/phone/views/practise.js."""

from server.journal import Journal
from server.kinds import kinds
from server.views.form import new_form
from server.views.frame import Context, Here, frame
from server.views.items import items
from server.views.quick import SAVED, likely_trait

SHOWN = 20  # newest entries that are listed


def practise_page(journal: Journal, here: Here, form: Context | None = None) -> Context:
    """The form, with the trait that is most likely meant; `form` is one that came back refused."""
    words = here.words["steps"]["practise"]
    chosen = {"trait_id": here.query.get("trait", "") or likely_trait(journal, here)}
    return {
        **frame(here, words["title"], "practise"),
        "intro": words["intro"],
        "form": form or {**new_form(kinds()["practice"], journal, here, chosen), "onward": SAVED},
        "items": items(journal.of_kind("practice", SHOWN), journal, here),
    }
