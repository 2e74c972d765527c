"""The page that asks who somebody is once more."""

from server.views.frame import Context, Here, frame
from server.views.you import account_form


def step_up_page(here: Here, next_url: str, code: str = "") -> Context:
    """A form for the passphrase alone, which leads on to `next_url`; `code`, of words.errors, is what was wrong."""
    form = account_form("/sign-in", here, here.email, {"": code} if code else {}, next_url)
    words = here.words["accounts"]["step_up"]
    fields = [{**field, "error": ""} for field in form["fields"] if field["name"] != "email"]
    return {
        **frame(here, words["title"]),
        "form": {**form, "action": "/you/step-up", "submit": words["submit"], "fields": fields},
    }
