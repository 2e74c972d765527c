"""Pages about signing in with a provider: on the way there, which ones an account has, and after a sign-out."""

from collections.abc import Sequence
from typing import Any

from server.storage import Identity
from server.views.frame import Context, Here, frame
from server.words import fill


def onward_page(here: Here, url: str) -> Context:
    """A page that goes on to `url` by itself, and has a link for where it doesn't."""
    return {**frame(here, here.words["accounts"]["providers"]["onward"]), "url": url}


def providers_page(here: Here, identities: Sequence[Identity]) -> Context:
    """The providers that open the account, and those that could."""
    words = here.words["accounts"]["providers"]
    labels = {each["name"]: each["label"] for each in here.providers}
    linked = here.query.get("linked", "")
    return {
        **frame(here, words["title"]),
        "said": fill(words["linked"], {"provider": labels[linked]}) if linked in labels else "",
        "linked": [_linked(each, labels.get(each.provider, each.provider), words) for each in identities],
        "others": [
            {"action": f"/you/providers/{each['name']}", "text": fill(words["link"], {"provider": each["label"]})}
            for each in here.providers
        ],
    }


def signed_out_page(here: Here, url: str, label: str) -> Context:
    """The end of a session that a provider began: it may go on there."""
    words = here.words["accounts"]["providers"]
    values = {"provider": label}
    return {
        **frame(here, words["signed_out"]),
        "detail": fill(words["still"], values),
        "url": url,
        "too": fill(words["too"], values),
    }


def _linked(identity: Identity, label: str, words: dict[str, Any]) -> Context:
    return {
        "label": label,
        "email": identity.label,
        "issuer": identity.issuer,
        "subject": identity.subject,
        "unlink": fill(words["unlink"], {"provider": label}),
    }
