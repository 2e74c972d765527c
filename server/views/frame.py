"""The frame around every page: its name, the five steps, and where words are kept. Twin: web/phone/views/frame.js."""

from typing import Any
from urllib.parse import quote

import msgspec

from server.lifelines import Lifelines
from server.words import UNRESERVED, Words, count

Context = dict[str, Any]

READINGS = {  # of words.learn, by the step or the path that they help with
    "/": ["use"],
    "/support": ["looking", "guides"],
    "notice": ["lessons"],
    "explore": ["avoidance", "looking"],
    "equip": ["practice"],
    "practise": ["together"],
    "rewire": ["weakening", "setbacks"],
}
STEPS = ("notice", "explore", "equip", "practise", "rewire")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The lock as pages show it.

    Minutes without use, whether it is on, how long until a PIN can be tried (ms), and when somebody asked to have it
    off (0: nobody, which is so wherever there is an account). A server asks no device for its passkey.
    """

    after: int
    is_on: bool
    wait: int = 0
    asked: int = 0
    has_passkey: bool = False


class Here(msgspec.Struct, frozen=True, kw_only=True):
    """What a page needs to know of the device and the request.

    `keeping` is where words are: "device", "waiting" (of them `waiting` entries), "server", "signed_out", "nothing" (none
    are kept, nobody is signed in) or "unknown" (a page of no one's).
    `journal` names whose it is: the account, or before there is one the device; "" when it is nobody's.
    `languages` are those that there are, each by what it calls itself.
    `sign_up` is who may make an account here: "open", "invitation" or "closed".
    `providers` are those to sign in with, each its `name` and `label`.
    `country` is whose crisis lines were asked for here, "" when none were.
    `apart` is how much of no account is kept beside the journal of an account, in words; "" when nothing is.
    `now` and `synced_at` are ms since the epoch (0: never; None: nothing to sync); `zone` is IANA or "", `today` YYYY-MM-DD there; `id` is fresh for a new record.
    """

    path: str
    query: dict[str, str]
    language: str
    words: Words
    languages: dict[str, str]
    now: int
    zone: str
    today: str
    id: str
    nonce: str
    shell: str
    country: str
    lifelines: Lifelines
    device: str
    journal: str
    email: str
    keeping: str
    waiting: int = 0
    synced_at: int | None = None
    refused: dict[str, str] = {}
    apart: str = ""
    lock: Shown | None = None
    sign_up: str = "open"
    providers: list[dict[str, str]] = []


def frame(here: Here, title: str, step: str = "", kind: str = "") -> Context:
    """What layout.html prints on every page.

    Where the title is a person's own words, `kind` is what a browser with a lock says in their place: its history and
    its list of tabs are open to everybody.
    """
    words = here.words
    return {
        "page": {
            "title": title,
            "tab": kind if kind and here.lock else title,
            "path": here.path,
            "language": here.language,
            "nonce": here.nonce,
            "shell": here.shell,
            "step": step,
        },
        "words": words,
        "steps": [
            {"name": name, "url": f"/{name}", "label": words["steps"][name]["label"], "current": name == step}
            for name in STEPS
        ],
        "keeping": {
            "state": here.keeping,
            "text": keeping_text(here),
            "url": sign_in_url(here) if here.keeping == "signed_out" else "",
        },
        "to_read": [
            {"url": f"/learn/{slug}", "title": words["learn"][slug]["title"]}
            for slug in READINGS.get(step or here.path, [])
        ],
        "account": {"email": here.email},
        "lock": _lock_text(here),
    }


def _lock_text(here: Here) -> str:
    """What open pages are to know of the lock: "on", else after how many minutes without use it falls; "" without one."""
    if not here.lock:
        return ""
    return "on" if here.lock.is_on else str(here.lock.after)


def keeping_text(here: Here) -> str:
    """The honest sentence about where words are kept now."""
    if here.keeping == "unknown":
        return ""
    words = here.words["keeping"][here.keeping]
    return count(words, here.waiting, here.words) if here.keeping == "waiting" else str(words)


def sign_in_url(here: Here) -> str:
    """Where to sign in and come back from to this page."""
    return f"/sign-in?next={quote(here.path, safe='/' + UNRESERVED)}"
