"""A twelve-year-old can read it: each section of the English words, each page of it, and each sentence."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from server.words import words_of

# Automated Readability Index (Senter & Smith 1967): 7 is the seventh year of school in the United States, age 12 to 13.
MOST = 7.0
LONGEST = 28  # words in one sentence
FEWEST = 40  # words; the index says nothing of less
PAGES = ("learn", "library")  # sections whose every page is read by itself
CITED = {"source", "sources"}  # a citation is spelt as its authors spell it
SENTENCE = re.compile(r"(?<=[.!?…:])\s+")
WORD = re.compile(r"[\w'’]+")

WORDS = words_of("en")
TEXTS = {name: said for name, said in WORDS.items() if name not in PAGES} | {
    f"{section}.{name}": page for section in PAGES for name, page in WORDS.get(section, {}).items()
}


def test_the_index_tells_a_plain_page_from_a_learned_one() -> None:
    plain = "The bus was late. I sat down and took a breath. Then I told her what I think."
    learned = (
        "Implementation intentions facilitate the automatization of situationally contingent behavioural responses."
    )
    assert index(sentences(plain)) < MOST < index(sentences(learned))


@pytest.mark.parametrize("name", TEXTS)
def test_a_twelve_year_old_can_read_it(name: str) -> None:
    said = [sentence for text in spoken(TEXTS[name]) for sentence in sentences(text)]
    if sum(map(length, said)) >= FEWEST:
        assert index(said) <= MOST


@pytest.mark.parametrize("name", TEXTS)
def test_no_sentence_is_out_of_breath(name: str) -> None:
    said = [sentence for text in spoken(TEXTS[name]) for sentence in sentences(text)]
    assert [sentence for sentence in said if length(sentence) > LONGEST] == []


def spoken(words: Any) -> Iterator[str]:
    """Everything said, but for citations."""
    if isinstance(words, str):
        yield words
    elif isinstance(words, dict):
        for name, inner in words.items():
            if name not in CITED:
                yield from spoken(inner)
    elif isinstance(words, list):
        for inner in words:
            yield from spoken(inner)


def sentences(text: str) -> list[str]:
    """The text's whole sentences; a label of a few words is none."""
    return [sentence for sentence in SENTENCE.split(text) if length(sentence) > 4]


def length(sentence: str) -> int:
    return len(WORD.findall(sentence))


def index(said: list[str]) -> float:
    words = [word for sentence in said for word in WORD.findall(sentence)]
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / len(said) - 21.43
