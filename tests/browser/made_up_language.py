"""Languages that nobody speaks, made from the English words: what is still English on a page is in no words file.

Brackets are around each sentence, so that one that was cut or put together shows.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import UNSET, Raw
from msgspec.structs import replace

from server.kinds import kinds
from sync.record import Record, Write

LONG, RIGHT_TO_LEFT = "en-XA", "ar-XB"  # as Unicode's own pseudo-locales are called
ENGLISH = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = dict(zip(ENGLISH, "áƀçðéƒĝĥíĵķļɱñöþɋŕšţüṽŵẋýž", strict=True))
ARABIC = dict(zip(ENGLISH, "ابصدعفغهيجكلمنوپقرستؤڤطخىز", strict=True))
GREEK = dict(zip(ENGLISH, "αβψδεφγηιξκλμνοπϙρστθωςχυζ", strict=True))
CODES = {"came_up_as", "guide", "purpose", "url"}  # where they have a text, it is a name of ours and nobody's sentence


def add_languages(house: Path) -> None:
    """Give a copy of the house the files of two languages more."""
    for language, direction, say in ((LONG, "ltr", lengthened), (RIGHT_TO_LEFT, "rtl", mirrored)):
        words = translated(json.loads((house / "web/words/en.json").read_text()), say)
        words["app"] |= {"language": language, "dir": direction}
        (house / f"web/words/{language}.json").write_text(json.dumps(words))
        manifest = json.loads((house / "web/manifest.en.json").read_text())
        (house / f"web/manifest.{language}.json").write_text(
            json.dumps(manifest | {"lang": language, "dir": direction})
        )


def lengthened(text: str) -> str:
    """The text in accented letters with each vowel twice, which makes it two fifths longer."""
    return "".join(each * 2 if each in "áéíöü" else each for each in lettered(text, ACCENTED))


def mirrored(text: str) -> str:
    """The text in letters that go from right to left."""
    return lettered(text, ARABIC)


def lettered(text: str, letters: dict[str, str]) -> str:
    """The text with each letter replaced, capitals too."""
    return "".join(letters.get(each.lower(), each) for each in text)


def translated(words: Any, say: Callable[[str], str]) -> Any:
    """All words said in another way; what is filled in later stays."""
    if isinstance(words, dict):
        kept = {name for name, each in words.items() if name == "plurals" or (name in CODES and isinstance(each, str))}
        return {name: each if name in kept else translated(each, say) for name, each in words.items()}
    if isinstance(words, list):
        return [translated(each, say) for each in words]
    if not isinstance(words, str) or not re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", words)):
        return words
    parts = re.split(r"(\{\w+\})", words)
    return "⟦" + "".join(each if each.startswith("{") else say(each) for each in parts) + "⟧"


def in_greek(held: list[Record]) -> list[Record]:
    """A journal whose owner writes in letters that no words file has, to be told from ours."""
    return [replace(record, writes=[_greek(write, record.kind) for write in record.writes]) for record in held]


def _greek(write: Write, kind: str) -> Write:
    typed = {field["name"] for field in kinds()[kind].fields if field["type"] in ("line", "text")} - {
        "library",
        "writer",
    }
    if write.set is UNSET:
        return write
    fields = {name: json.loads(bytes(value)) for name, value in write.set.items()}
    told: dict[str, Any] = {name: _in_greek(value) if name in typed else value for name, value in fields.items()}
    if "emotions" in told:
        told["emotions"] = [{**each, "name": _in_greek(each["name"])} for each in told["emotions"]]
    return replace(write, set={name: Raw(json.dumps(value).encode()) for name, value in told.items()})


def _in_greek(text: str) -> str:
    return lettered(text, GREEK)
