"""Syllables of Spanish words, by how they are divided at the end of a line."""

import pytest

from tests.web.syllables import syllables


@pytest.mark.parametrize(
    "word",
    [
        *("y", "yo", "muy", "hoy", "tú", "guion"),
        *("ras-go", "mie-do", "quie-ro", "le-er", "dí-a", "guí-a", "o-ír", "a-ún", "rui-do", "ciu-dad", "pla-ya"),
        *("e-mo-ción", "a-ho-ra", "te-a-tro", "ve-í-a", "hé-ro-e", "ci-güe-ña", "vi-ví-ais", "bú-ho"),
        *("pen-sa-mien-to", "a-ve-ri-guáis", "de-sa-ho-go", "au-to-má-ti-co"),
    ],
)
def test_a_word_has_as_many_syllables_as_it_has_parts(word: str) -> None:
    assert syllables(word.replace("-", "")) == len(word.split("-"))
