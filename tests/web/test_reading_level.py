"""A twelve-year-old can read it: each section of the words, each page of it, and each sentence."""

import pytest

from server.languages import LANGUAGES
from tests.web.spoken import FEWEST, WORD, length, passages, sentences
from tests.web.syllables import syllables

LONGEST = 28  # words in one sentence

# Automated Readability Index (Senter & Smith 1967): 7 is the seventh year of school in the United States, age 12 to 13.
HARDEST_ENGLISH = 7.0

# INFLESZ (Barrio-Cantalejo and others 2008) calls 65 and more of Szigriszt-Pazos' scale "bastante fácil", and finds it in
# primary school's books, which end at the age of 12.
EASIEST_OF_THE_HARD_SPANISH = 65.0

ENGLISH = passages("en")
SPANISH = passages("es")


def test_the_english_index_tells_a_plain_page_from_a_learned_one() -> None:
    plain = "The bus was late. I sat down and took a breath. Then I told her what I think."
    learned = (
        "Implementation intentions facilitate the automatization of situationally contingent behavioural responses."
    )
    assert school_year(sentences(plain)) < HARDEST_ENGLISH < school_year(sentences(learned))


def test_the_spanish_scale_tells_a_plain_page_from_a_learned_one() -> None:
    plain = "El autobús llegó tarde. Me senté y respiré despacio. Luego le dije lo que pienso."
    learned = "Las intenciones de implementación facilitan la automatización de respuestas conductuales contingentes."
    assert ease(sentences(learned)) < EASIEST_OF_THE_HARD_SPANISH < ease(sentences(plain))


@pytest.mark.parametrize("name", ENGLISH)
def test_a_twelve_year_old_can_read_the_english(name: str) -> None:
    if sum(map(length, ENGLISH[name])) >= FEWEST:
        assert school_year(ENGLISH[name]) <= HARDEST_ENGLISH


@pytest.mark.parametrize("name", SPANISH)
def test_a_twelve_year_old_can_read_the_spanish(name: str) -> None:
    if sum(map(length, SPANISH[name])) >= FEWEST:
        assert ease(SPANISH[name]) >= EASIEST_OF_THE_HARD_SPANISH


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_out_of_breath(language: str) -> None:
    said = [sentence for section in passages(language).values() for sentence in section]
    assert [sentence for sentence in said if length(sentence) > LONGEST] == []


def school_year(said: list[str]) -> float:
    """The Automated Readability Index, for English."""
    words = [word for sentence in said for word in WORD.findall(sentence)]
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / len(said) - 21.43


def ease(said: list[str]) -> float:
    """Perspicuity, for Spanish: 206.835 - 62.3 syllables per word - words per sentence (Szigriszt Pazos 1993).

    Sistemas predictivos de legilibilidad del mensaje escrito: fórmula de perspicuidad, Universidad Complutense de Madrid.
    """
    words = [word for sentence in said for word in WORD.findall(sentence)]
    return 206.835 - 62.3 * sum(map(syllables, words)) / len(words) - len(words) / len(said)
