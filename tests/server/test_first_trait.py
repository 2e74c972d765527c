"""A first trait and what lies behind it, as the server's pages tell it where no script runs."""

import html

import httpx
import pytest

from server.first_trait import suggested_name
from server.kinds import kinds
from server.words import words_of
from tests.server.house import MARA, House
from tests.server.test_pages import inputs, post

WORDS = words_of("en")


async def test_skipping_everything_leads_to_today_and_keeps_nothing(house: House) -> None:
    mara = await house.signed_up(MARA)
    page = inputs((await mara.get("/begin")).text)
    answer = await post(mara, "/begin", **page)
    assert answer.headers["location"] == "/"
    assert WORDS["journal"]["empty"] in (await mara.get("/journal")).text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"came_up": "My mind went blank\nand then"}, "My mind went blank"),
        ({"came_up": "🙂" * 70}, "🙂" * 59 + "…"),
        ({"came_up_as": "pull"}, WORDS["begin"]["suggested"]["pull"]),
        ({"costs": "Sleep"}, WORDS["begin"]["suggested"]["other"]),
        ({"came_up_as": "memory", "name": "I freeze"}, "I freeze"),
    ],
)
async def test_any_one_answer_is_kept_and_a_skipped_name_is_suggested(
    house: House, typed: dict[str, str], name: str
) -> None:
    mara = await house.signed_up(MARA)
    answer = await post(mara, "/begin", **typed)
    shown = html.unescape((await mara.get(answer.headers["location"])).text)
    assert f'<h1 dir="auto">{name}</h1>' in shown
    assert (WORDS["begin"]["named"] in shown) is ("name" not in typed)
    assert WORDS["today"]["nexts"]["log"] in shown


def test_a_choice_that_is_none_of_ours_gets_a_name_too() -> None:
    assert suggested_name({"came_up_as": "constructor"}, WORDS) == WORDS["begin"]["suggested"]["other"]


async def test_a_name_without_room_comes_back_with_the_five_questions(house: House) -> None:
    mara = await house.signed_up(MARA)
    refused = await post(mara, "/begin", name="x" * 121, costs="Sleep")
    assert refused.status_code == 422
    assert 'action="/begin"' in refused.text
    assert inputs(refused.text)["costs"] == "Sleep"


@pytest.mark.parametrize("path", ["/begin", "/notice"])
@pytest.mark.parametrize("example", WORDS["examples"]["trait"])
async def test_an_example_fills_every_field_and_can_be_kept(house: House, path: str, example: str) -> None:
    mara = await house.signed_up(MARA)
    said = {name: text for name, text in WORDS["examples"]["trait"][example].items() if name != "label"}
    page = inputs((await mara.get(f"{path}?example={example}")).text)
    assert {name: page[name] for name in said} == said
    assert set(said) == {
        field["name"] for field in kinds()["trait"].fields if field["name"] not in ("state", "happened_at")
    }
    assert (await post(mara, path if path == "/begin" else "/traits", **page)).status_code == 303


async def test_exploring_without_a_trait_leads_to_naming_one(house: House) -> None:
    mara = await house.signed_up(MARA)
    page = (await mara.get("/explore")).text
    assert WORDS["explore"]["none"] in html.unescape(page)
    assert 'href="/begin"' in page


async def test_what_was_noticed_stands_above_the_questions_of_the_chosen_trait(house: House) -> None:
    mara = await house.signed_up(MARA)
    await post(mara, "/traits", name="I say yes", costs="My evenings")
    quiet = (await post(mara, "/traits", name="I go quiet", costs="Being known")).headers["location"]
    choice = (await mara.get("/explore")).text
    assert "data-screens" not in choice
    page = (await mara.get(f"/explore?trait={quiet.rpartition('/')[2]}")).text
    asks = html.unescape(page)
    assert asks.index("Being known") < asks.index("1 of 5")
    assert "My evenings" not in page
    assert inputs(page)["trait_id"] == quiet.rpartition("/")[2]


async def test_a_trait_rests_from_the_list_and_comes_back(house: House) -> None:
    mara = await house.signed_up(MARA)
    url = (await post(mara, "/traits", name="I go quiet")).headers["location"]
    rested = await post(mara, f"{url}/rest", onward="/notice")
    assert rested.headers["location"] == "/notice"
    assert f"<h2>{WORDS['trait']['rested_title']}</h2>" in (await mara.get("/notice")).text
    assert WORDS["trait"]["next"] not in (await mara.get(url)).text
    assert (await post(mara, f"{url}/wake")).headers["location"] == url
    assert WORDS["trait"]["active"] in (await mara.get(url)).text


async def test_only_a_trait_can_rest(house: House) -> None:
    mara = await house.signed_up(MARA)
    url: str = (await post(mara, "/tools", name="Breathe")).headers["location"]
    answer: httpx.Response = await post(mara, f"{url.replace('tools', 'traits')}/rest")
    assert answer.status_code == 404
