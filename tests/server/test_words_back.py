"""A form that is sent when its session is over gives its words back, to be sent again after a new sign-in."""

from pathlib import Path

import httpx
import pytest

from tests.server.house import AS_JSON, FROM_OUR_PAGE, MARA, House, send

TRAIT = 'I say "yes" before <I> have thought'
FORM = {"name": TRAIT, "journal": "", "draft": ""}


@pytest.mark.parametrize("path", ["/traits", "/begin", "/practices/0f6cfc1e-58ab-4a53-9d5b-a0a49f3a4e10"])
async def test_the_words_are_on_the_page_in_a_form_and_nowhere_else(house: House, folder: Path, path: str) -> None:
    browser = await signed_out(house)
    back = await browser.post(path, data=FORM, headers=FROM_OUR_PAGE)

    assert back.status_code == 401
    assert back.headers["cache-control"] == "no-store"
    assert "I say &#34;yes&#34; before &lt;I&gt; have thought" in back.text
    assert "<I>" not in back.text
    assert f'action="{path}"' in back.text
    assert 'target="_blank"' in back.text
    assert TRAIT.encode() not in all_that_is_kept(folder)


async def test_after_a_new_sign_in_the_same_form_is_taken(house: House) -> None:
    browser = await signed_out(house)
    await browser.post("/traits", data=FORM, headers=FROM_OUR_PAGE)
    await send(browser, "/sign-in", MARA)

    assert (await browser.post("/traits", data=FORM, headers=FROM_OUR_PAGE)).status_code == 303
    assert "before &lt;I&gt; have thought" in (await browser.get("/journal")).text


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({"id": "x", "journal": "y"}, FROM_OUR_PAGE),
        (FORM, {**FROM_OUR_PAGE, **AS_JSON}),
        ({"name": "x" * 2_000_000}, FROM_OUR_PAGE),
    ],
)
async def test_what_holds_no_words_a_program_and_what_no_form_of_ours_sends_get_the_usual_refusal(
    house: House, data: dict[str, str], headers: dict[str, str]
) -> None:
    refused = await (await signed_out(house)).post("/traits", data=data, headers=headers)

    assert refused.status_code == 401
    assert "x" * 100 not in refused.text
    assert 'action="/traits"' not in refused.text


async def test_another_site_gets_nothing_back(house: House) -> None:
    browser = await signed_out(house)
    assert (await browser.post("/traits", data=FORM, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403


def all_that_is_kept(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


async def signed_out(house: House) -> httpx.AsyncClient:
    """Mara's browser, which lost its cookie."""
    browser = await house.signed_up(MARA)
    browser.cookies.clear()
    return browser
