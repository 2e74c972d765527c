"""The Spanish words are for everybody who reads Spanish: any country, any gender, one word for each thing."""

import re
from collections import Counter

import pytest

from server.words import words_of
from tests.web.spoken import CITED
from tests.web.test_words import sentences

SAID = [said for path, said in sentences(words_of("es")) if CITED.isdisjoint(path) and path[:2] != ("plans", "common")]

# Words of one side of the ocean only. The reader is tú.
OF_ONE_COUNTRY = (
    r"ordenador(?:es)?|computadoras?|móvil(?:es)?|celular(?:es)?|coches?|carros?|cog(er|e|es)"
    r"|vos|vosotr[oa]s|os|vuestr[oa]s?|ustede?s?"
)
# What would call the reader a man or a woman: a slash, an at sign, or a quality said of tú.
OF_ONE_GENDER = r"\w+[oa]/[oa]s?|\w+@s?(?!\w)|(?:eres|estás|sientes|quedes|seas|estés) (?:\w+ )?\w+(?:ad|id|iv|os|ur)[oa]|bienvenid[oa]"
# We say emoción, tropiezo, herramienta, malestar, papelera, frase de acceso, anotar, ensayar.
ANOTHER_WORD = r"sentimientos?|contratiempos?|técnicas?|angustia|basura|contraseñas?|elimin\w+|registr(ar?|as|ado|ó)|estresor|loguear"


@pytest.mark.parametrize("words", [OF_ONE_COUNTRY, OF_ONE_GENDER, ANOTHER_WORD])
def test_nobody_is_left_out_and_no_thing_has_two_names(words: str) -> None:
    assert [said for said in SAID if re.search(rf"\b(?:{words})\b", said, re.IGNORECASE)] == []


@pytest.mark.parametrize("pair", ["¿?", "¡!", "«»", "()"])
def test_each_mark_that_opens_closes(pair: str) -> None:
    assert [said for said in SAID if Counter(said)[pair[0]] != Counter(said)[pair[1]]] == []


def test_quotes_are_of_one_kind() -> None:
    assert [said for said in SAID if re.search(r"[\"'“”‘’]", said)] == []


def test_a_full_stop_comes_after_the_quote() -> None:
    assert [said for said in SAID if ".»" in said] == []
