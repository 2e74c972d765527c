"""Help now: crisis lines, the person's own safety plan, grounding. Twin: web/phone/views/support.js."""

import re
from collections.abc import Iterator

from server.entries import Entry
from server.journal import Journal
from server.lifelines import Country, Lifelines, Line
from server.views.dates import calendar_text
from server.views.frame import Context, Here, frame
from server.views.items import url_of
from server.words import Words, fill

ELSEWHERE = "other"  # chosen in place of a country whose lines we have
STEPS = ("warning_signs", "coping", "people_places", "ask_for_help", "professionals", "safer")  # Stanley & Brown 2012
WITH_NUMBERS = ("people_places", "ask_for_help", "professionals")  # of the steps
NUMBER = re.compile(r"[+]?[0-9](?:[ ().-]{0,2}[0-9]){2,}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 15  # digits (ITU-T E.164)


def support_page(journal: Journal | None, here: Here) -> Context:
    """Lines of the person's country first; `journal` is None where nothing that is kept can be read."""
    country = _country(here)
    words = here.words["support"]
    return {
        **frame(here, here.words["titles"]["support"]),
        "country": _name(country, words) if country else "",
        "emergency": _line(country.emergency, here.words) if country and country.emergency else None,
        "lines": [_line(line, here.words) for line in country.lines] if country else [],
        "countries": [_choice(each, country, words) for each in here.lifelines.countries],
        "finder": here.lifelines.finder,
        "plan": _plan(journal, here.words),
        "is_locked": bool(here.lock and here.lock.is_on),
    }


def is_choice(country: str, lifelines: Lifelines) -> bool:
    """Whether it can be chosen."""
    return country == ELSEWHERE or any(each.code == country for each in lifelines.countries)


def _country(here: Here) -> Country | None:
    """Asked for by the address, else chosen in this browser, else where its clock is; None for one we know no lines of."""
    countries = here.lifelines.countries
    for asked in (here.query.get("country", ""), here.country):
        if is_choice(asked, here.lifelines):
            return next((each for each in countries if each.code == asked), None)
    return next((each for each in countries if here.zone in each.zones), None)


def _choice(country: Country, chosen: Country | None, words: Words) -> Context:
    return {"code": country.code, "name": _name(country, words), "chosen": country == chosen}


def _name(country: Country, words: Words) -> str:
    return country.name or str(words["countries"][country.code])


def _line(line: Line, words: Words) -> Context:
    said = words["support"]
    notes = [
        line.place,
        said["free"] if line.free else "",
        said["hours"].get(line.hours, line.hours),
        ", ".join(said["languages"].get(each, each) for each in line.languages),
    ]
    return {
        "name": line.name,
        "about": " · ".join(note for note in notes if note),
        "call": line.call,
        "call_url": f"tel:{_dialled(line.call)}",
        "text": fill(said["keyword"], {"word": line.keyword, "number": line.text}) if line.keyword else line.text,
        "text_url": f"sms:{_dialled(line.text)}" + (f"?body={line.keyword}" if line.keyword else ""),
        "chat_url": line.chat,
        "checked": line.checked.isoformat() if line.checked else "",
        "checked_text": calendar_text(line.checked.isoformat(), words) if line.checked else "",
        "source": line.source,
    }


def _dialled(number: str) -> str:
    return re.sub(r"[^+*0-9]", "", number)


def _plan(journal: Journal | None, words: Words) -> Context:
    """The newest safety plan, all of it; its six steps alone when there is none yet."""
    entry = next(iter(journal.of_kind("safety_plan", 1)), None) if journal else None
    return {
        "readable": journal is not None,
        "url": url_of(entry) if entry else "",
        "has_rivals": bool(entry and any(entry.rivals.get(name) for name in STEPS)),
        "lines": [_step(name, entry, words) for name in STEPS],
    }


def _step(name: str, entry: Entry | None, words: Words) -> Context:
    """What the plan says at one step, each telephone number in it apart."""
    text = str(entry.values.get(name) or "") if entry else ""
    return {
        "label": words["fields"]["safety_plan"][name]["label"],
        "blank": not text,
        "parts": list(_split(text)) if name in WITH_NUMBERS else [{"text": text, "url": ""}],
    }


def _split(text: str) -> Iterator[Context]:
    at = 0
    for found in NUMBER.finditer(text):
        number = found[0]
        if DATE.fullmatch(number) or len(_dialled(number)) > LONGEST:
            continue
        yield {"text": text[at : found.start()], "url": ""}
        yield {"text": number, "url": f"tel:{_dialled(number)}"}
        at = found.end()
    yield {"text": text[at:], "url": ""}
