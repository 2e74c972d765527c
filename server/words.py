"""Words: what a person reads, from web/words/<language>.json. Twin: web/phone/words.js."""

import functools
import re
from typing import Any

import msgspec

from server import places
from server.languages import LANGUAGES

UNRESERVED = "!'()*"  # what JavaScript's encodeURIComponent leaves as it is, and quote does not
# Hebrew, Arabic and what is written like them, by Unicode's blocks.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")

Words = dict[str, Any]


@functools.cache
def words_of(language: str) -> Words:
    """All words of one language, as nested mappings."""
    words: Words = msgspec.json.decode((places.WEB / "words" / f"{language}.json").read_bytes())
    return words


def own_names() -> dict[str, str]:
    """Each language by what it calls itself."""
    return {language: words_of(language)["app"]["language"] for language in LANGUAGES}


def fill(text: str, values: dict[str, str]) -> str:
    """The text with each {name} replaced by its value."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text, flags=re.ASCII)


def set_apart(text: str, words: Words) -> str:
    """A person's own words as they stand in a sentence of ours, marked off where the two may run in different directions."""
    is_alike = words["app"]["dir"] == "ltr" and not RIGHT_TO_LEFT.search(text)
    return text if is_alike or not text else f"\u2068{text}\u2069"  # Unicode's first strong isolate


def count(forms: dict[str, str], number: int, words: Words, **values: str) -> str:
    """The form for the number, with {count} written as the language writes numbers, and the other values filled in."""
    form = forms.get(plural_form(number, words["numbers"]["plurals"]), forms["other"])
    return fill(form, {**values, "count": digits(number, words)})


def plural_form(number: int, plurals: list[list[Any]]) -> str:
    """Which of CLDR's plural forms a language has for a whole number of things: zero, one, two, few, many or other.

    `plurals` are rules [form, modulus, first, last], of which the first holds whose range has the number's rest by the
    modulus (0: the number itself).
    """
    for form, modulus, first, last in plurals:
        if first <= (number % modulus if modulus else number) <= last:
            return str(form)
    return "other"


def digits(number: int, words: Words) -> str:
    """A whole number, grouped by thousands from the length at which the language begins to (CLDR)."""
    text = str(number)
    if len(text) < words["numbers"]["group_from"]:
        return text
    first = len(text) % 3 or 3
    groups = [text[:first], *(text[at : at + 3] for at in range(first, len(text), 3))]
    return str(words["numbers"]["group"]).join(groups)


def choice_label(field: str, choice: str, words: Words) -> str:
    """What a choice of a field is called; one that these words do not know is called by its name."""
    return str(words["choices"][field].get(choice, choice))
