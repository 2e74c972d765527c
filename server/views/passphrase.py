"""The page that sets a new passphrase."""

from server.views.frame import Context, Here, frame
from server.views.you import account_form


def passphrase_page(here: Here, code: str = "", *, is_first: bool = False) -> Context:
    """A form for a new passphrase; `code`, of words.errors, is what was wrong with the one before."""
    words = here.words["accounts"]["passphrase"]
    form = account_form("/accounts", here, here.email, {"": code} if code else {})
    fields = [field for field in form["fields"] if field["name"] != "email"]
    return {
        **frame(here, words["title"]),
        "why": words["first"] if is_first else words["why"],
        "form": {**form, "action": "/you/passphrase", "submit": words["submit"], "fields": fields},
    }
