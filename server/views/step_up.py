"""The page that asks who somebody is once more."""

from collections.abc import Collection

from server.views.frame import Context, Here, frame
from server.views.you import account_form
from server.words import fill


def step_up_page(
    here: Here, next_url: str, code: str = "", linked: Collection[str] = (), *, has_passkey: bool = False
) -> Context:
    """A form for the passphrase alone, which leads on to `next_url`; `code`, of words.errors, is what was wrong.

    `linked` names the providers that can tell who they are as well; whoever has a passkey is offered that too.
    """
    form = account_form("/sign-in", here, here.email, {"": code} if code else {}, next_url)
    words = here.words["accounts"]["step_up"]
    fields = [{**field, "error": ""} for field in form["fields"] if field["name"] != "email"]
    return {
        **frame(here, words["title"]),
        "has_passkey": has_passkey,
        "providers": [
            {
                "action": f"/you/step-up/with/{each['name']}",
                "next": form["next"],
                "text": fill(words["with"], {"provider": each["label"]}),
            }
            for each in here.providers
            if each["name"] in linked
        ],
        "form": {**form, "action": "/you/step-up", "submit": words["submit"], "fields": fields},
    }
