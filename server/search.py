"""Search: a text as terms, and which terms somebody means who types a word. Twin: web/phone/search.js."""

import re
import unicodedata

# Which letters these are is written down: the two hosts' Unicode tables are of different years.
# Accents of Latin and Greek, points of Hebrew, vowels of Arabic, emoji's variations, and apostrophes (don't, dont).
MARKS = re.compile(
    "['\u2019\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\ufe00-\ufe0f]"
)
# Blanks and the punctuation of Latin, Hebrew, Arabic and Chinese.
BETWEEN = re.compile(
    "[\0-/:-@\\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7"
    "\u05be\u05c0\u05c3\u060c\u061b\u061f\u06d4\u1680\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\ufeff]+"
)
UNSPACED = "\u2e80"  # from here on come the scripts that leave no blanks between words
INSIDE = 3  # letters that are worth looking for inside a word too


def fold(text: str) -> str:
    """The text without case, accents and apostrophes: niñas, NINAS and Niñas' are one."""
    plain = unicodedata.normalize("NFKD", text).lower().replace("ς", "σ")
    return unicodedata.normalize("NFC", MARKS.sub("", plain))  # a letter is one again: 한, not its three parts


def terms_of(text: str) -> list[str]:
    """The folded words of a text in their order."""
    return [term for term in BETWEEN.split(fold(text)) if term]


def pieces_of(text: str) -> list[tuple[int, int]]:
    """Where the words of a text begin and end in it as it was written."""
    ends = [(found.start(), found.end()) for found in BETWEEN.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [(start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop]


def is_begun(wanted: str, term: str) -> bool:
    """Whether somebody who typed `wanted` typed this term, or as much of it as is typed so far."""
    return term.startswith(wanted)


def is_similar(wanted: str, term: str) -> bool:
    """Whether they may have meant this term: `wanted` is inside it, or is it (or its beginning) with a slip or two.

    A slip is a letter wrong, too many, missing, or swapped with the next: the optimal string alignment distance
    (Damerau 1964; Levenshtein 1966), by code points. One is allowed from 4 letters on, two from 8.
    """
    if wanted in term:
        return len(wanted) >= INSIDE or wanted >= UNSPACED or term.startswith(wanted)
    whole, begun = slips(max(len(wanted), len(term))), slips(len(wanted))
    columns = term[: len(wanted) + whole]
    if not whole or len(columns) < len(wanted) - whole:
        return False
    before: list[int] = []
    row = list(range(len(columns) + 1))
    for i, letter in enumerate(wanted):
        below = [i + 1]
        for j, other in enumerate(columns):
            cost = min(row[j + 1] + 1, below[j] + 1, row[j] + (letter != other))
            if i and j and letter == columns[j - 1] and wanted[i - 1] == other:
                cost = min(cost, before[j - 1] + 1)
            below.append(cost)
        if min(below) > whole:
            return False
        before, row = row, below
    is_whole = len(columns) == len(term) and row[-1] <= whole
    return is_whole or (begun > 0 and min(row) <= begun)


def slips(letters: int) -> int:
    """How many slips are allowed in a word of so many letters."""
    return 0 if letters < 4 else 1 if letters < 8 else 2
