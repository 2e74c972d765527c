"""The devices that are signed in to an account, and the programs that have a key. No phone answers this page."""

from collections.abc import Sequence

from server.ago import ago_text
from server.journal import Journal
from server.storage import Session, Token
from server.views.frame import Context, Here, frame
from server.words import fill


def devices_page(
    journal: Journal, here: Here, sessions: Sequence[Session], tokens: Sequence[Token], own: str
) -> Context:
    """The page; `own` is the session that asks, which comes first, then whoever was seen last."""
    words = here.words["accounts"]["devices"]
    names = {each.values.get("writer"): each.values.get("name") for each in reversed(journal.of_kind("device"))}
    first = sorted(sessions, key=lambda each: (each.id_hash != own, -each.seen_at))
    return {
        **frame(here, words["title"]),
        "said": words["now"].get(here.query.get("now", ""), ""),
        "devices": [_device(each, str(names.get(each.device) or ""), each.id_hash == own, here) for each in first],
        "has_others": any(each.id_hash != own for each in sessions),
        "programs": [
            {"id": each.token_hash, "made": fill(words["made"], {"ago": _ago(each.created_at, here)})}
            for each in sorted(tokens, key=lambda each: -each.created_at)
        ],
    }


def _device(session: Session, name: str, is_this: bool, here: Here) -> Context:
    words = here.words["accounts"]
    label = session.label or str(words["browsers"]["other"])
    return {
        "id": session.id_hash,
        "name": name or label,
        "label": label if name else "",
        "is_this": is_this,
        "seen": fill(words["devices"]["seen"], {"ago": _ago(session.seen_at, here)}),
        "since": fill(words["devices"]["since"], {"ago": _ago(session.created_at, here)}),
        "end": fill(words["devices"]["end_of"], {"name": name or label}),
    }


def _ago(ms: int, here: Here) -> str:
    return ago_text(here.now - ms, here.words)
