"""Step 3, Equip, as the server answers it: the library, a tool taken once, a plan rehearsed and offered."""

import html

import httpx
import pytest

from server.words import words_of
from tests.server.house import FROM_OUR_PAGE, MARA, House
from tests.server.test_pages import inputs, post

LIBRARY = words_of("en")["library"]
PLAN = {"name": "One minute", "if_trigger": "somebody asks for a favour", "then_action": "I ask for a minute"}


@pytest.mark.parametrize("slug", LIBRARY)
async def test_anybody_reads_a_tool_whole(house: House, slug: str) -> None:
    page = html.unescape((await house.browser().get(f"/library/{slug}")).text)
    about = LIBRARY[slug]
    for text in [about["name"], about["for"], *about["steps"], about["why"], about["source"], about["not_when"]]:
        assert text in page
    assert (f'data-guide="{about["guide"]}"' in page) if "guide" in about else ("data-guide" not in page)


@pytest.mark.parametrize("slug", ["constructor", "__proto__", "toString", "nothing", "PACED_BREATHING", "%3Cb%3E"])
async def test_there_is_no_other_tool(house: House, slug: str) -> None:
    assert (await house.browser().get(f"/library/{slug}")).status_code == 404


async def test_every_tool_is_on_its_shelf(house: House) -> None:
    mara = await house.signed_up(MARA)
    page = html.unescape((await mara.get("/equip")).text)
    now, lasting = page.index('id="now"'), page.index('id="lasting"')
    for slug, about in LIBRARY.items():
        assert (now < page.index(f'href="/library/{slug}"') < lasting) is (about["purpose"] == "now")
        assert about["for"] in page


async def test_a_tool_is_taken_whole_and_only_once(house: House) -> None:
    mara = await house.signed_up(MARA)
    trait = (await post(mara, "/traits", name="I say yes too soon")).headers["location"].rpartition("/")[2]
    assert f'href="/library/worry_time?trait={trait}"' in (await mara.get(f"/equip?trait={trait}")).text
    form = inputs((await mara.get(f"/library/worry_time?trait={trait}")).text)
    url = (await post(mara, "/tools", **form)).headers["location"]
    page = html.unescape((await mara.get(url)).text)
    assert all(step in page for step in LIBRARY["worry_time"]["steps"])
    assert "I say yes too soon" in page

    again = {**form, "id": "01938f6e-0000-7000-8000-00000000abcd"}
    assert (await post(mara, "/tools", **again)).headers["location"] == url
    library = (await mara.get("/library/worry_time")).text
    assert f'href="{url}"' in library
    assert 'action="/tools"' not in library

    await post(mara, f"{url}/bin")
    assert (await post(mara, "/tools", **again)).headers["location"] != url


async def test_a_plan_is_rehearsed_without_a_word_of_it_being_kept(house: House) -> None:
    mara = await house.signed_up(MARA)
    url = (await post(mara, "/tools", **PLAN)).headers["location"]
    assert "Last rehearsed" not in (await mara.get(url)).text
    answer = await post(mara, f"{url}/rehearsed", said="asked? wait a bit", zone="Europe/Madrid")
    assert answer.headers["location"] == url
    assert "Last rehearsed" in (await mara.get(url)).text
    assert "Last rehearsed" in (await mara.get("/equip")).text
    export = (await mara.get("/you/export")).text
    assert "wait a bit" not in export
    assert "[Europe/Madrid]" in export


async def test_a_form_for_a_tool_comes_back_on_a_page_of_its_own(house: House) -> None:
    mara = await house.signed_up(MARA)
    refused = await post(mara, "/tools", steps="Breathe out")
    assert refused.status_code == 422
    assert inputs(refused.text)["steps"] == "Breathe out"


async def test_the_plan_that_fits_is_offered(house: House) -> None:
    mara = await house.signed_up(MARA)
    await post(mara, "/tools", **PLAN)
    assert PLAN["then_action"] in await offered(mara, situation="My boss asked me for another FAVOUR!")
    assert PLAN["then_action"] not in await offered(mara, situation="My boss asked me for something")
    assert (await house.browser().get("/plans", headers=FROM_OUR_PAGE)).status_code == 401


async def offered(browser: httpx.AsyncClient, **asked: str) -> str:
    return html.unescape((await browser.get("/plans", params=asked)).text)


async def test_a_tool_of_the_library_that_was_used_is_the_persons_own(house: House) -> None:
    mara = await house.signed_up(MARA)
    guide = inputs((await mara.get("/now")).text)
    picked = {**guide, "tool_ids": "five_senses"}
    refused = await post(mara, "/practices", **picked)
    assert 'value="five_senses" checked' in refused.text
    saved = await post(mara, "/practices", **{**picked, "new_reaction": "40"})
    name = words_of("en")["library"]["five_senses"]["name"]
    assert name in (await mara.get(saved.headers["location"])).text
    assert name in (await mara.get("/journal")).text
