"""What the journal is asked for: the filters in its address, and the form for them. Twin: web/phone/views/filters.js."""

from urllib.parse import quote

from server.days import known_day
from server.journal import Journal
from server.kinds import kinds
from server.lines import Filters, Names, reference
from server.search import terms_of
from server.views.frame import Context, Here
from server.views.items import title_of
from server.words import UNRESERVED, Words, choice_label, count

REACTIONS = ("old", "new", "even", "none")
NARROWING = ("kind", "trait", "tool", "reaction", "from", "to")
MOST_NAMED = 50  # traits, and tools, in the form; what is about any other is found by its name
MOST_WORDS = 10  # of a query: each goes through all terms


def filters_of(journal: Journal, here: Here) -> Filters:
    """The filters in the address; one that names nothing there is asks for nothing."""
    query = here.query
    choices = {"kind": list(_kinds()), "reaction": list(REACTIONS)}
    choices |= {kind: [entry.id for entry in journal.of_kind(kind)] for kind in ("trait", "tool") if query.get(kind)}
    chosen = {name: query[name] if query.get(name) in known else "" for name, known in choices.items()}
    words = tuple(dict.fromkeys(terms_of(query.get("q", ""))))[:MOST_WORDS]
    since, until = (known_day(query.get(name, "")) for name in ("from", "to"))
    return Filters(words=words, **chosen, since=since, until=until)


def names_of(journal: Journal, words: Words) -> Names:
    """What the traits, the tools and the choices of fields are called, as search reads it."""
    named = {
        reference(each.id): each.values.get("name") or ""
        for kind in ("trait", "tool")
        for each in journal.of_kind(kind)
    }
    for kind in _kinds():
        for field in kinds()[kind].fields:
            for choice in field.get("choices", []):
                named[reference(f"{field['name']}.{choice}")] = choice_label(field["name"], choice, words)
    return {name: terms_of(label) for name, label in named.items()}


def filter_form(asked: Filters, journal: Journal, here: Here) -> Context:
    """The form that asks, with how many filters are set and the address that sets none."""
    words, said = here.words, here.words["journal"]
    values = _values(asked)
    active = sum(1 for name in NARROWING if values[name])
    any_of = [
        ("kind", [(each, words["kinds"][each]["one"]) for each in _kinds()]),
        ("trait", _named("trait", asked.trait, journal, words)),
        ("tool", _named("tool", asked.tool, journal, words)),
        ("reaction", [(each, said["reactions"][each]) for each in REACTIONS]),
    ]
    return {
        "selects": [_select(name, options, values[name], words) for name, options in any_of if options],
        "dates": [{"name": name, "label": said["filters"][name], "value": values[name]} for name in ("from", "to")],
        "active_text": count(words["counts"]["filters"], active, words) if active else "",
        "clear_url": _address({"q": here.query.get("q", "")}),
    }


def address_of(asked: Filters, here: Here, **more: str) -> str:
    """The journal's address with these filters and what was typed."""
    return _address({"q": here.query.get("q", "") if asked.words else "", **_values(asked), **more})


def _address(query: dict[str, str]) -> str:
    parts = [f"{name}={quote(value, safe=UNRESERVED)}" for name, value in query.items() if value]
    return "?".join(["/journal", "&".join(parts)] if parts else ["/journal"])


def _values(asked: Filters) -> dict[str, str]:
    filters = (asked.kind, asked.trait, asked.tool, asked.reaction, asked.since, asked.until)
    return dict(zip(NARROWING, filters, strict=True))


def _select(name: str, options: list[tuple[str, str]], chosen: str, words: Words) -> Context:
    said = words["journal"]["filters"]
    return {
        "name": name,
        "label": said[name],
        "options": [
            {"value": value, "label": label, "chosen": value == chosen}
            for value, label in [("", said["any"]), *options]
        ],
    }


def _named(kind: str, chosen: str, journal: Journal, words: Words) -> list[tuple[str, str]]:
    """The newest, and the one that is asked for however old it is."""
    listed = [each for at, each in enumerate(journal.of_kind(kind)) if at < MOST_NAMED or each.id == chosen]
    return [(entry.id, title_of(entry, words)) for entry in listed]


def _kinds() -> list[str]:
    return [kind.kind for kind in kinds().values() if not kind.aside]
