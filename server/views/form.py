"""A kind's form as a template prints it. Twin: web/phone/views/form.js."""

from typing import Any

from server.actions import was_of
from server.entries import Entry, Field
from server.forms import Form, asked
from server.journal import Journal
from server.kinds import Kind
from server.moments import now_in, wall
from server.views.feelings import feeling_groups
from server.views.frame import Context, Here
from server.views.items import title_of
from server.views.plans import offered_plans
from sync.canonical import canonical

MOST_OPTIONS = 200


def new_form(kind: Kind, journal: Journal, here: Here, chosen: dict[str, str]) -> Context:
    """An empty form; `chosen` fills fields beforehand."""
    now = wall(now_in(here.now, here.zone)) if here.zone else ""
    blank: dict[str, Any] = {"moment": now, "many": [], "emotions": []}
    typed = {field["name"]: chosen.get(field["name"], blank.get(field["type"], "")) for field in asked(kind)}
    return filled_form(kind, journal, here, Form(typed, {}), f"/{kind.plural}", _blank_hidden(here))


def edit_form(kind: Kind, journal: Journal, here: Here, entry: Entry) -> Context:
    """A form that holds what the entry says, and what it said and had seen when the page was made."""
    was = was_of(kind, entry)
    seen, sent = canonical(entry.seen).decode(), canonical(was).decode()
    hidden = {"id": entry.id, "journal": here.journal, "seen": seen, "was": sent, "onward": "", "draft": ""}
    return filled_form(kind, journal, here, Form(was, {}), f"/{kind.plural}/{entry.id}", hidden)


def filled_form(kind: Kind, journal: Journal, here: Here, form: Form, action: str, hidden: dict[str, str]) -> Context:
    """A form with everything that was typed, and its faults marked when it came back."""
    words = here.words
    fields = [_field(kind, field, form, journal, here) for field in asked(kind)]
    return {
        "action": action,
        **hidden,
        "zone": here.zone,
        "submit": words["steps"][kind.step]["submit"] if kind.step and not hidden["seen"] else words["form"]["save"],
        "unkept": form.unkept,
        "error": form.errors.get("") or (words["errors"]["summary"] if form.errors else ""),
        "fields": fields,
        "sections": _sections(kind, fields, here),
        "has_moment": kind.kind == "practice",
        "plans": _plans(kind, form, journal, here),
    }


def _blank_hidden(here: Here) -> dict[str, str]:
    return {"id": here.id, "journal": here.journal, "seen": "", "was": "", "onward": "", "draft": ""}


def _plans(kind: Kind, form: Form, journal: Journal, here: Here) -> list[Context]:
    """The if–then plans for the moment that the form tells of."""
    if kind.kind != "practice":
        return []
    return offered_plans(form.typed["situation"], form.typed["trait_id"], journal, here.words)


def _sections(kind: Kind, fields: list[Context], here: Here) -> list[Context]:
    """The fields by the kind's sections; those with something in them are unfolded, and so is the first."""
    if not kind.sections:
        return [{"title": "", "open": True, "fields": fields}]
    titles = here.words["sections"][kind.kind]
    sections: list[Context] = []
    for name, names in kind.sections.items():
        held = [field for field in fields if field["name"] in names]
        is_open = any(field["filled"] or field["error"] for field in held)
        sections.append({"title": titles[name] if sections else "", "open": is_open, "fields": held})
    return sections


def _field(kind: Kind, field: Field, form: Form, journal: Journal, here: Here) -> Context:
    name = field["name"]
    typed = form.typed[name]
    about = here.words["fields"][kind.kind][name]
    ends = here.words["scale"]["ends"]
    groups, rows = feeling_groups(kind, field, typed, journal, here) if field["type"] == "emotions" else ([], [])
    return {
        "name": name,
        "id": f"{kind.kind}-{name}".replace("_", "-"),
        "type": field["type"],
        "label": about["label"],
        "hint": about.get("hint", ""),
        "value": typed if isinstance(typed, str) else "",
        "error": form.errors.get(name, ""),
        "required": field["required"],
        "hidden": bool(field.get("hidden")),
        "options": _options(field, typed, journal, here),
        "filled": bool(typed),
        "ends": ends.get(name, ends["reaction"]),
        "terms": _terms(field, here),
        "groups": groups,
        "rows": rows,
    }


def _terms(field: Field, here: Here) -> list[Context]:
    """What each choice means, where it is not plain."""
    means = here.words["terms"].get(field["name"], {})
    return [{"name": here.words["choices"][field["name"]][each], "means": means[each]} for each in means]


def _options(field: Field, typed: Any, journal: Journal, here: Here) -> list[Context]:
    """What can be chosen: the field's own choices, or the person's entries of a kind; what was chosen stays choosable."""
    if field["type"] not in ("one", "many"):
        return []
    chosen = [typed] if field["type"] == "one" else typed
    if "choices" in field:
        labels = {choice: here.words["choices"][field["name"]][choice] for choice in field["choices"]}
    else:
        labels = {entry.id: title_of(entry, here.words) for entry in journal.of_kind(field["of"], MOST_OPTIONS)}
        for id in chosen:
            entry = journal.get(id)
            if entry and entry.kind == field["of"]:
                labels.setdefault(id, title_of(entry, here.words))
    return [{"value": value, "label": label, "chosen": value in chosen} for value, label in labels.items()]
