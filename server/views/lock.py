"""The lock: its settings, and what stands before the words while it is on. Twin: web/phone/views/lock.js."""

from server import moments
from server.views.frame import Context, Here, frame
from server.words import count, fill

AFTERS = ("0", "1", "5", "15", "60")  # minutes without use
OFF_AFTER = 72 * 60 * 60_000  # ms from asking until a forgotten PIN's lock may be taken off


def lock_page(here: Here, errors: dict[str, str] | None = None, after: str = "") -> Context:
    """The settings; `errors` are codes of words.lock.errors by field, `after` what was chosen."""
    words = here.words["lock"]
    chosen = after or str(here.lock.after if here.lock else 5)
    asked = here.query.get("now", "")
    errors = errors or {}
    refused = words["errors"][errors["passkey"]] if "passkey" in errors else words["not_set"]
    return {
        **frame(here, words["title"]),
        "is_set": here.lock is not None,
        "has_passkey": bool(here.lock and here.lock.has_passkey),
        "said": words["now"].get(asked, ""),
        "afters": [{"value": each, "label": words["afters"][each], "chosen": each == chosen} for each in AFTERS],
        "form": {
            "error": _refusal_text(refused, here) if errors else "",
            "fields": [
                _field(name, errors.get(name, ""), here)
                for name in (("current", "pin", "again") if here.lock else ("pin", "again"))
            ],
        },
    }


def _field(name: str, code: str, here: Here) -> Context:
    words = here.words["lock"]
    return {
        "name": name,
        "id": f"lock-{name}",
        "label": words["new" if name == "pin" and here.lock else name],
        "hint": words["new_hint" if here.lock else "pin_hint"] if name == "pin" else "",
        "error": words["errors"][code] if code else "",
        "required": name == "current" or here.lock is None,
    }


def locked_page(here: Here, next_url: str, code: str = "") -> Context:
    """In place of any page while the lock is on: the PIN, where it leads, and what to do without it."""
    words = here.words["lock"]
    off = here.lock.asked + OFF_AFTER if here.lock and here.lock.asked else 0
    when = moments.show(moments.now_in(off, here.zone), here.words) if off else ""
    return {
        **frame(here, words["locked"]),
        "next": next_url,
        "error": _refusal_text(words["errors"][code] if code else "", here),
        "has_account": here.email != "",
        "has_passkey": bool(here.lock and here.lock.has_passkey),
        "asked_text": fill(words["asked"], {"when": when}) if off else "",
        "may_take_off": off != 0 and here.now >= off,
    }


def _refusal_text(what: str, here: Here) -> str:
    return f"{what} {_wait_text(here)}".strip()


def _wait_text(here: Here) -> str:
    """How long until the next PIN can be tried, "" when it can be now."""
    seconds = -(-here.lock.wait // 1000) if here.lock else 0
    if not seconds:
        return ""
    if seconds < 60:
        return count(here.words["lock"]["wait_seconds"], seconds, here.words)
    return count(here.words["lock"]["wait_minutes"], -(-seconds // 60), here.words)
