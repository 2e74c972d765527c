"""The pages on why this works: short, sourced, and linked from every step."""

import re
from typing import Any

import pytest

from server.languages import LANGUAGES
from server.views.frame import READINGS, STEPS
from server.words import words_of
from tests.server.house import House

LEARN: dict[str, Any] = words_of("en")["learn"]
MOST = 350  # words: what two minutes are enough for


def test_there_are_ten_pages_and_one_on_what_the_app_is_not() -> None:
    assert len(LEARN) == 11
    assert list(LEARN)[-1] == "not"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", LEARN)
def test_a_page_is_read_in_two_minutes_and_says_where_it_comes_from(slug: str, language: str) -> None:
    page = words_of(language)["learn"][slug]
    texts = [page["title"], page["short"]]
    for part in page["parts"]:
        texts += [part["heading"], *part["paragraphs"]]
    assert 200 <= len(re.findall(r"[\w'’]+", " ".join(texts))) <= MOST
    assert page["sources"]
    assert all(re.search(r"\((19|20)\d\d\)\.", source["text"]) for source in page["sources"])
    assert all(source.get("url", "https://doi.org/").startswith("https://doi.org/") for source in page["sources"])


def test_each_step_leads_to_a_page_that_is_there() -> None:
    assert set(READINGS) == {"/", "/support", *STEPS}
    assert {slug for slugs in READINGS.values() for slug in slugs} <= LEARN.keys()


async def test_one_can_read_from_the_first_page_to_the_last_without_an_account(house: House) -> None:
    reader = house.browser()
    contents = (await reader.get("/learn")).text
    assert re.findall(r'<li class="item"><a href="/learn/([a-z]+)"', contents) == list(LEARN)
    assert contents.count('href="/learn/use"') == 1
    slug, seen = next(iter(LEARN)), []
    while slug:
        page = (await reader.get(f"/learn/{slug}")).text
        assert f"<title>{LEARN[slug]['title']} · Unlearn</title>" in page
        seen.append(slug)
        after = re.search(r'href="/learn/([a-z]+)" rel="next"', page)
        slug = after[1] if after else ""
    assert seen == list(LEARN)


@pytest.mark.parametrize("slug", ["none", "constructor", "__proto__", "%3Cb%3E"])
async def test_another_address_is_not_there(house: House, slug: str) -> None:
    assert (await house.browser().get(f"/learn/{slug}")).status_code == 404
