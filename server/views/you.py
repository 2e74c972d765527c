"""Who am I and where do my words live; signing in; refusals. Twin: web/phone/views/you.js."""

from typing import Any

from server import moments
from server.ago import ago_text, ago_words
from server.journal import Journal
from server.views.devices import device_form
from server.views.frame import Context, Here, frame, sign_in_url
from server.views.items import items
from server.views.lists import entries_text
from server.words import fill
from sync.record import SERVER

REFUSED = ("wrong_passkey", "disabled", "slow_down")  # of words.errors: why another way in led back to the form
TARGETS = {"export": "_top", "sign_in_apart": "_blank"}  # a file, and a page beside this one
LANGUAGE_CHANGED = "/you?changed=language#language"  # where it is said in the new one


def you_page(journal: Journal, here: Here, form: Context | None = None) -> Context:
    """Account, where words live, language, export; `form` is one that came back refused."""
    words = here.words
    return {
        **frame(here, words["titles"]["you"]),
        "has_account": bool(here.email),
        "readers": words["you"]["readers_account" if here.email else "readers_device"],
        "sign_up": here.sign_up,
        "apart_text": here.apart and fill(words["joining"]["kept"], {"held": here.apart}),
        "form": form or account_form("/accounts", here),
        "providers": provider_forms(here, "/you"),
        "language": [
            {"value": each, "label": label, "chosen": each == here.language} for each, label in here.languages.items()
        ],
        "language_changed": words["you"]["language_changed"] if here.query.get("changed") == "language" else "",
        "has_device": here.journal != "" and here.device != SERVER,
        "device": device_form(journal, here),
        "counts_text": entries_text(journal, words),
        "synced_at": "" if here.synced_at is None else str(here.synced_at),
        "synced_text": _synced_text(here),
        "ago_text": ago_text(here.now - here.synced_at, words) if here.synced_at else "",
        "ago_words": ago_words(words),
        "refused": items([entry for id in here.refused if (entry := journal.get(id))], journal, here),
    }


def _synced_text(here: Here) -> str:
    """When an account's device and the server last heard of each other."""
    if not here.email or here.synced_at is None:
        return ""
    words = here.words["you"]
    if not here.synced_at:
        return str(words["synced_never"])
    return fill(words["synced"], {"when": moments.show(moments.now_in(here.synced_at, here.zone), here.words)})


def sign_in_page(here: Here, form: Context | None = None) -> Context:
    """The form to sign in with."""
    return {
        **frame(here, here.words["titles"]["sign_in"]),
        "sign_up": here.sign_up,
        "form": form or account_form("/sign-in", here, errors=_refused(here)),
        "providers": provider_forms(here, "/"),
    }


def provider_forms(here: Here, otherwise: str) -> list[Context]:
    """A button for each provider to sign in with; who was on the way to no page goes on to `otherwise`."""
    said, next_url = here.words["sign_in"]["with"], here.query.get("next") or otherwise
    return [
        {
            "action": f"/sign-in/with/{each['name']}",
            "next": next_url,
            "text": fill(said, {"provider": each["label"]}),
        }
        for each in here.providers
    ]


def _refused(here: Here) -> dict[str, str]:
    code = here.query.get("refused", "")
    return {"": code} if code in REFUSED else {}


def problem_page(here: Here, code: str, values: dict[str, str] | None = None) -> Context:
    """What went wrong, in a plain sentence, and what to do next."""
    problem = here.words["problems"].get(code) or here.words["problems"]["unexpected"]
    return {
        **frame(here, problem["title"]),
        "title": problem["title"],
        "detail": fill(problem["detail"], values or {}),
        "actions": [
            {"url": url, "label": here.words["problems"]["actions"][way], "target": TARGETS.get(way, "")}
            for way, url in _ways(code, here)
        ],
        "forms": _forms(code, here),
    }


def account_form(
    action: str, here: Here, typed: str = "", errors: dict[str, str] | None = None, next_url: str = ""
) -> Context:
    """A form for an email and a passphrase, with a code of words.errors for each field at fault ("": the whole form).

    What was typed as a passphrase is never printed again.
    """
    errors = {name: here.words["errors"][code] for name, code in (errors or {}).items()}
    making = action == "/accounts"
    return {
        "action": action,
        "keys": "new" if making else "known",
        "submit": here.words["account" if making else "sign_in"]["submit"],
        "next": next_url or here.query.get("next") or ("/you/recovery" if making else "/"),
        "error": errors.get("") or (here.words["errors"]["summary"] if errors else ""),
        "fields": [
            _account_field("email", "email", typed, errors, here),
            _account_field("passphrase", "new_passphrase" if making else "passphrase", "", errors, here),
        ],
    }


def _account_field(name: str, asks: str, value: str, errors: dict[str, str], here: Here) -> dict[str, Any]:
    about = here.words["fields"]["account"][asks]
    return {
        "name": name,
        "id": f"account-{name}",
        "type": name,
        "label": about["label"],
        "hint": about["hint"],
        "value": value,
        "error": errors.get(name, ""),
        "required": True,
        "options": [],
        "rows": [],
    }


def _forms(code: str, here: Here) -> list[Context]:
    """What can be done all the same."""
    if code != "unsent":
        return []
    actions = here.words["problems"]["actions"]
    return [
        {"action": "/sign-out", "fields": [{"name": "unsent", "value": each}], "text": "", "label": actions[each]}
        for each in ("keep", "discard")
    ]


def _ways(code: str, here: Here) -> list[tuple[str, str]]:
    """Where to go from a refusal."""
    if code == "signed_out":
        return [("sign_in", sign_in_url(here)), ("home", "/")]
    if code == "words_back":
        return [("sign_in_apart", "/sign-in?next=/you")]
    if code == "needs_worker":
        return [("make", "/you"), ("sign_in", sign_in_url(here))]
    if code == "unreachable":
        return [("again", here.path), ("journal", "/journal")]
    if code == "unsent":
        return [("export", "/you/export"), ("stay", "/you")]
    if code in ("provider_taken", "last_way_in"):
        return [("back", "/you/providers")]
    if code.startswith("provider_"):
        return [("sign_in", "/sign-in"), ("back", "/you")]
    return [("home", "/"), ("journal", "/journal")]
