"""The two screens of adding a device: the one that shows a code, and the one that read it."""

from server.pairing import Found
from server.qr import qr_path
from server.views.frame import Context, Here, frame
from server.words import fill, set_apart


def add_page(here: Here, found: Found | None, url: str, said: str) -> Context:
    """The code `url`, who asks to join by it, or the button that shows one; `said`, of the words, is what became of the last."""
    words = here.words["accounts"]["pairing"]
    side, path = qr_path(url) if found else (0, "")
    return {
        **frame(here, words["title"]),
        "state": found.state if found else "",
        "said": words[said] if said else "",
        "qr": {"url": url, "side": side, "path": path},
        "asks": fill(words["asks"], {"label": found.pairing.label}) if found else "",
        "digits": _digits(found),
    }


def join_page(here: Here, found: Found | None, email: str, fault: str) -> Context:
    """The digits to compare, whose journal it is once that is confirmed, or how to begin; `fault` is why not, or ""."""
    words = here.words["accounts"]["pairing"]
    return {
        **frame(here, words["join_title"]),
        "state": found.state if found else "",
        "problem": words["problems"][fault] if fault else "",
        "may": fill(words["may"], {"email": set_apart(email, here.words)}),
        "digits": _digits(found),
    }


def _digits(found: Found | None) -> str:
    digits = found.pairing.digits if found else ""
    return f"{digits[:3]} {digits[3:]}"
