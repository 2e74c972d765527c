"""Pages that take the secret of a link: an invitation, or that an email address is somebody's."""

from server.views.frame import Context, Here, frame


def invited_page(here: Here, code: str = "") -> Context:
    """A form for an invitation; `code`, of words.errors, is what was wrong with it."""
    return from_link_page(here, "invited", "/invited", code)


def from_link_page(here: Here, said: str, action: str, code: str = "") -> Context:
    """A form for a link's secret, with the words of accounts.`said`."""
    words = here.words["accounts"][said]
    return {
        **frame(here, words["title"]),
        "said": words,
        "action": action,
        "error": here.words["errors"][code] if code else "",
    }


def verified_page(here: Here) -> Context:
    """That the address is verified."""
    words = here.words["accounts"]["verified"]
    return {**frame(here, words["title"]), "text": words["text"]}
