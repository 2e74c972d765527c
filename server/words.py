"""Words: what a person reads, from web/words/<language>.json. Twin: web/phone/words.js."""

import functools
import re
from typing import Any

import msgspec

from server import places

LANGUAGES = ("en", "es")
UNRESERVED = "!'()*"  # what JavaScript's encodeURIComponent leaves as it is, and quote does not

Words = dict[str, Any]


@functools.cache
def words_of(language: str) -> Words:
    """All words of one language, as nested mappings; what it does not say yet is said in English."""
    words: Words = msgspec.json.decode((places.WEB / "words" / f"{language}.json").read_bytes())
    return words if language == LANGUAGES[0] else _over(words_of(LANGUAGES[0]), words)


def _over(below: Any, above: Any) -> Any:
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return below | {name: _over(below[name], said) if name in below else said for name, said in above.items()}


def choose_language(chosen: str, accepted: list[str]) -> str:
    """The person's own choice, else the first of the browser's languages that we speak, else English."""
    for tag in [chosen, *accepted]:
        if tag[:2].lower() in LANGUAGES and tag[2:3] in ("", "-"):
            return tag[:2].lower()
    return LANGUAGES[0]


def accepted_languages(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first (RFC 9110 §12.5.4)."""
    wanted = []
    for part in header.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag))
        except ValueError:
            continue
    return [tag for _, tag in sorted(wanted, key=lambda pair: pair[0])]


def fill(text: str, values: dict[str, str]) -> str:
    """The text with each {name} replaced by its value."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text, flags=re.ASCII)


def count(forms: dict[str, str], number: int, words: Words) -> str:
    """The plural form for the number, with {count} written as the language writes numbers."""
    return fill(forms["one" if number == 1 else "other"], {"count": digits(number, words)})


def digits(number: int, words: Words) -> str:
    """A whole number, grouped by thousands from the length at which the language begins to (CLDR)."""
    text = str(number)
    if len(text) < words["dates"]["group_from"]:
        return text
    first = len(text) % 3 or 3
    groups = [text[:first], *(text[at : at + 3] for at in range(first, len(text), 3))]
    return str(words["dates"]["group"]).join(groups)


def choice_label(field: str, choice: str, words: Words) -> str:
    """What a choice of a field is called; one that these words do not know is called by its name."""
    return str(words["choices"][field].get(choice, choice))
