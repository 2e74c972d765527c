"""The starter library: enough tools, each said in full, half for now and half for lasting change."""

import re

import pytest

from server.languages import LANGUAGES
from server.words import words_of

LIBRARY = words_of("en")["library"]
TOLD = {(language, slug): about for language in LANGUAGES for slug, about in words_of(language)["library"].items()}
PARTS = ("name", "purpose", "for", "steps", "why", "source", "not_when")
GUIDES = {"paced_breathing": "breathing", "five_senses": "grounding"}
MOST_WORDS = 130


def test_there_are_at_least_24_tools_half_of_them_for_now() -> None:
    purposes = [about["purpose"] for about in LIBRARY.values()]
    assert len(purposes) >= 24
    assert purposes.count("now") == purposes.count("lasting") == len(purposes) / 2


def test_breathing_and_grounding_have_a_timed_guide() -> None:
    assert {slug: about["guide"] for slug, about in LIBRARY.items() if "guide" in about} == GUIDES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_tools_say_the_same(language: str) -> None:
    library = words_of(language)["library"].values()
    said = [text for about in library for text in (about["name"], about["for"], about["why"], *about["steps"])]
    assert [text for text in said if said.count(text) > 1] == []


@pytest.mark.parametrize("told", TOLD)
def test_a_tool_is_said_in_full_and_in_short(told: tuple[str, str]) -> None:
    about = TOLD[told]
    assert [part for part in PARTS if not about[part]] == []
    assert 3 <= len(about["steps"]) <= 6
    texts = [about["name"], about["for"], *about["steps"], about["why"], about["not_when"]]
    assert sum(len(text.split()) for text in texts) <= MOST_WORDS


@pytest.mark.parametrize("told", TOLD)
def test_a_tool_names_who_found_it_when_and_where(told: tuple[str, str]) -> None:
    assert re.fullmatch(r"[A-Z’'\w,& -]+ (?:19|20)\d\d, [A-Z][\w ,:-]+", TOLD[told]["source"])


@pytest.mark.parametrize("slug", LIBRARY)
def test_a_tools_address_is_plain(slug: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]{2,40}", slug)
