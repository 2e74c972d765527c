"""The passkeys of an account; their names are a person's own words."""

from server import moments
from server.storage import Passkey
from server.views.frame import Context, Here, frame
from server.words import fill, set_apart


def passkeys_page(here: Here, passkeys: list[Passkey], code: str = "") -> Context:
    """Each passkey, the oldest first, and the form for one more; `code`, of words.accounts.passkeys.errors, was wrong."""
    words = here.words["accounts"]["passkeys"]
    return {
        **frame(here, words["title"]),
        "said": words["now"].get(here.query.get("now", ""), ""),
        "error": words["errors"][code] if code else "",
        "passkeys": [_line(each, here) for each in sorted(passkeys, key=lambda each: each.created_at)],
    }


def _line(passkey: Passkey, here: Here) -> Context:
    words = here.words["accounts"]["passkeys"]
    return {
        "url": f"/you/passkeys/{passkey.id}",
        "id": f"passkey-{passkey.id}",
        "name": passkey.name,
        "change": fill(words["change"], {"name": set_apart(passkey.name, here.words)}),
        "added": fill(words["added"], {"when": _when(passkey.created_at, here)}),
        "used": fill(words["used"], {"when": _when(passkey.used_at, here)}) if passkey.used_at else words["unused"],
    }


def _when(at: int, here: Here) -> str:
    return moments.show(moments.now_in(at, here.zone), here.words)
