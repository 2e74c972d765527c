"""What a search engine, or whoever checks links, is told of the pages."""

import re

import pytest

from server.languages import LANGUAGES
from server.words import words_of
from tests.server.house import House


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_public_page_says_what_it_is_about(house: House, language: str):
    words = words_of(language)
    reading, tool = next(iter(words["learn"])), next(iter(words["library"]))
    about = {
        "/": words["welcome"]["about"],
        "/learn": words["reading"]["intro"],
        f"/learn/{reading}": words["learn"][reading]["short"],
        f"/library/{tool}": words["library"][tool]["for"],
        "/support": words["app"]["help"],
    }
    async with house.browser() as engine:
        for path, said in about.items():
            page = (await engine.get(path, headers={"Accept-Language": language})).text
            assert f'<meta name="description" content="{said}">' in page


async def test_only_pages_that_are_the_same_for_everybody_may_be_found(house: House):
    async with house.browser() as engine:
        rules = (await engine.get("/robots.txt")).text.splitlines()

    allowed = [re.compile(rule.removeprefix("Allow: ")) for rule in rules if rule.startswith("Allow: ")]

    def may_be_found(path: str) -> bool:
        return any(rule.match(path) for rule in allowed)

    assert rules[:2] == ["User-agent: *", "Disallow: /"]
    assert all(map(may_be_found, ["/", "/learn", "/learn/use", "/library/cold_water", "/support", "/shell/1/page.js"]))
    assert not any(map(may_be_found, ["/journal", "/traits/1", "/practise", "/you/export", "/quick"]))


@pytest.mark.parametrize("path", ["/", "/learn", "/support"])
async def test_the_head_of_a_public_page_is_that_of_the_page(house: House, path: str):
    async with house.browser() as checker:
        page, head = await checker.get(path), await checker.head(path)

    assert head.status_code == page.status_code == 200
    assert head.headers["content-type"] == page.headers["content-type"]
    assert head.content == b""
