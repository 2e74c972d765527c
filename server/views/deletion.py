"""Pages about the end of an account: what goes and what stays, when it goes, and that it has gone."""

import msgspec

from server import moments
from server.views.frame import Context, Here, frame
from server.words import fill


def deletion_page(here: Here, delete_at: int | None) -> Context:
    """What goes and what stays, and a form; once `delete_at` (ms) is set, when it goes and how to keep it."""
    words = here.words["accounts"]["delete"]
    when = moments.show(moments.now_in(delete_at, here.zone), here.words) if delete_at else ""
    return {
        **frame(here, words["title_going"] if delete_at else words["title"]),
        "said": words,
        "going": fill(words["going"], {"when": when}) if delete_at else "",
    }


def deleted_page(here: Here) -> Context:
    """That it has gone, or will; who reads this is signed out, and where their words are now their device knows."""
    words = here.words["accounts"]["delete"]
    is_week = here.query.get("when") == "week"
    unknown = msgspec.structs.replace(here, keeping="unknown") if not here.email else here
    return {**frame(unknown, words["title_gone"]), "text": words["gone_week" if is_week else "gone_now"], "said": words}
