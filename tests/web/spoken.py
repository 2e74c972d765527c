"""What the words say aloud, sentence by sentence, for those who weigh how easily they read."""

import re
from collections.abc import Iterator
from typing import Any

from server.words import words_of

PAGES = ("learn", "library")  # sections whose every page is read by itself
CITED = {"source", "sources"}  # a citation is spelt as its authors spell it
SENTENCE = re.compile(r"(?<=[.!?…:])\s+")
WORD = re.compile(r"[\w'’]+")
FEWEST = 40  # words; a formula says nothing of less


def passages(language: str) -> dict[str, list[str]]:
    """The whole sentences of each section, and of each page of the sections that have pages."""
    words = words_of(language)
    texts = {name: said for name, said in words.items() if name not in PAGES} | {
        f"{section}.{name}": page for section in PAGES for name, page in words[section].items()
    }
    return {name: [each for text in _spoken(texts[name]) for each in sentences(text)] for name in texts}


def sentences(text: str) -> list[str]:
    """The text's whole sentences; a label of a few words is none."""
    return [sentence for sentence in SENTENCE.split(text) if length(sentence) > 4]


def length(sentence: str) -> int:
    """Its words."""
    return len(WORD.findall(sentence))


def _spoken(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        for name, inner in words.items():
            if name not in CITED:
                yield from _spoken(inner)
    elif isinstance(words, list):
        for inner in words:
            yield from _spoken(inner)
