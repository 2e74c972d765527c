"""One entry: its page, and the form to change it. Twin: web/phone/views/entry.js."""

from typing import Any

from server import moments
from server.entries import Entry, Field, kind_of
from server.forms import asked
from server.journal import Journal
from server.kinds import Kind, kinds
from server.views.devices import Where, where_of
from server.views.form import edit_form, new_form
from server.views.frame import Context, Here, frame
from server.views.history import binned_text, history_of
from server.views.items import title_of, trait_of, url_of
from server.views.quick import saved_note
from server.words import Words, choice_label, fill, set_apart


def entry_page(entry: Entry, journal: Journal, here: Here) -> Context:
    """Everything an entry says, each rival beside its field."""
    return {
        **frame(here, title_of(entry, here.words), kind_of(entry).step, here.words["kinds"][entry.kind]["one"]),
        "entry": entry_context(entry, journal, here),
        "saved": saved_note(entry, here),
    }


def edit_page(entry: Entry, journal: Journal, here: Here, form: Context | None = None) -> Context:
    """The form to change an entry; `form` is one that came back refused."""
    kind = kind_of(entry)
    return {
        **frame(here, here.words["titles"]["edit"], kind.step),
        "entry": entry_context(entry, journal, here),
        "form": form or edit_form(kind, journal, here, entry),
    }


def new_page(kind: Kind, journal: Journal, here: Here, form: Context | None = None) -> Context:
    """The form for a new entry of the kind; `form` is one that came back refused."""
    names = [field["name"] for field in asked(kind) if field["type"] not in ("many", "emotions")]
    chosen = {name: here.query[name] for name in names if name in here.query}
    return {
        **frame(here, here.words["kinds"][kind.kind]["new"], kind.step),
        "form": form or new_form(kind, journal, here, chosen),
    }


def entry_context(entry: Entry, journal: Journal, here: Here) -> Context:
    """An entry as its page prints it."""
    words = here.words
    url = url_of(entry)
    trait = trait_of(entry, journal)
    where = where_of(journal, here)
    return {
        "kind": entry.kind,
        "kind_label": words["kinds"][entry.kind]["one"],
        "title": title_of(entry, words),
        "when": moments.show(entry.values.get("happened_at"), words),
        "at": moments.stamp(entry.values.get("happened_at")),
        "url": url,
        "lines": _lines(entry, journal, here.words, where),
        "history": history_of(entry, where, here),
        "binned_text": binned_text(entry, where, here),
        "edit_url": f"{url}/edit",
        "bin_url": f"{url}/bin",
        "kept_url": f"{url}/kept",
        "back_url": f"{url}/back",
        "shred_url": f"{url}/shred",
        "binned": entry.binned,
        "trait_url": url_of(trait) if trait else "",
        "trait_name": title_of(trait, words) if trait else "",
        "refused": here.refused.get(entry.id, ""),
    }


def _lines(entry: Entry, journal: Journal, words: Words, where: Where) -> list[Context]:
    shown = [field for field in kinds()[entry.kind].fields if not field.get("hidden")]
    lines = [_line(field, entry, journal, words, where) for field in shown]
    return [line for line in lines if line["value"] or line["rivals"]]


def _line(field: Field, entry: Entry, journal: Journal, words: Words, where: Where) -> Context:
    name = field["name"]
    rivals = entry.rivals.get(name, [])
    return {
        "name": name,
        "label": words["fields"][entry.kind][name]["label"],
        "value": _shown(field, entry.values.get(name), journal, words) or (words["entry"]["blank"] if rivals else ""),
        "rivals": [
            {
                "value": _shown(field, rival.value, journal, words) or words["entry"]["blank"],
                "field": name,
                "where": fill(words["entry"]["rival"], {"where": where(rival.by)}),
                "by": rival.by,
                "at": str(rival.at),
            }
            for rival in rivals
        ],
    }


def _shown(field: Field, value: Any, journal: Journal, words: Words) -> str:
    """A field's value as a person reads it; "" when there is nothing to read."""
    if value is None:
        return ""
    match field["type"]:
        case "number":
            return str(value)
        case "moment":
            return moments.show(value, words)
        case "many" if "choices" in field:
            return ", ".join(choice_label(field["name"], each, words) for each in value)
        case "many":
            return ", ".join(_name(id, journal, words) for id in value)
        case "emotions":
            return ", ".join(_emotion(emotion, words) for emotion in value)
        case "one" if "choices" in field:
            return choice_label(field["name"], value, words)
        case "one":
            return _name(value, journal, words) if value else ""
        case _:
            return str(value)


def _name(id: str, journal: Journal, words: Words) -> str:
    entry = journal.get(id)
    return title_of(entry, words) if entry else str(words["entry"]["gone"])


def _emotion(emotion: dict[str, Any], words: Words) -> str:
    if emotion["intensity"] is None:
        return str(emotion["name"])
    return fill(
        words["notes"]["emotion"], {"name": set_apart(emotion["name"], words), "number": str(emotion["intensity"])}
    )
