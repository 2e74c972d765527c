"""The page that asks who somebody is once more."""

from collections.abc import Collection

import msgspec

from server.views.frame import Context, Here, frame
from server.views.you import account_form
from server.words import fill


class Ways(msgspec.Struct, frozen=True):
    """How somebody can show who they are; `providers` by their names."""

    passphrase: bool
    passkey: bool
    providers: Collection[str]


def step_up_page(here: Here, next_url: str, code: str, ways: Ways) -> Context:
    """Each way in that somebody has, leading on to `next_url`; `code`, of words.errors, is what was wrong, or ""."""
    form = account_form("/sign-in", here, here.email, {"": code} if code else {}, next_url)
    words = here.words["accounts"]["step_up"]
    fields = [{**field, "error": ""} for field in form["fields"] if field["name"] != "email"]
    return {
        **frame(here, words["title"]),
        "has_passphrase": ways.passphrase,
        "has_passkey": ways.passkey,
        "providers": [
            {
                "action": f"/you/step-up/with/{each['name']}",
                "next": form["next"],
                "text": fill(words["with"], {"provider": each["label"]}),
            }
            for each in here.providers
            if each["name"] in ways.providers
        ],
        "form": {**form, "action": "/you/step-up", "submit": words["submit"], "fields": fields},
    }
