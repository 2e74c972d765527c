"""The page that makes a recovery key, and the one that takes it."""

from server.views.frame import Context, Here, frame
from server.views.you import account_form


def recovery_page(here: Here, code: str = "", *, has_key: bool = False) -> Context:
    """A new key, which the device fills in, and a field to type it again; `code`, of words.errors, is what was wrong."""
    words = here.words["accounts"]["recovery"]
    now = here.query.get("now", "")
    return {
        **frame(here, words["title"]),
        "said": words["now"].get(now, ""),
        "is_kept": now == "kept",
        "has_key": has_key,
        "error": here.words["errors"][code] if code else "",
    }


def recover_page(here: Here, typed: str = "", code: str = "") -> Context:
    """A form for email, recovery key and a new passphrase; `code`, of words.errors, is what was wrong."""
    words = here.words["accounts"]["recover"]
    form = account_form("/accounts", here, typed, {"": code} if code else {})
    return {
        **frame(here, words["title"]),
        "form": {**form, "action": "/recover", "submit": words["submit"]},
    }
