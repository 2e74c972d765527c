import pytest

from server.accounts import make_token
from tests.server.house import ADDRESS, KDF, KEY, MARA, House

TRAIT = {"name": "I keep quiet"}
EVIL = "https://evil.example"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Origin": ADDRESS}, 303),
        ({"Origin": "https://UNLEARN.test.evil.example"}, 403),
        ({"Origin": "http://unlearn.test"}, 403),
        ({"Origin": EVIL}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({}, 403),
        ({"Authorization": "Bearer planted"}, 403),
    ],
)
async def test_only_our_own_pages_write_with_a_persons_cookie(
    house: House, headers: dict[str, str], status: int
) -> None:
    mara = await house.signed_up(MARA)
    answer = await mara.post("/traits", data=TRAIT, headers=headers)
    assert answer.status_code == status
    written = TRAIT["name"] in (await mara.get("/journal")).text
    assert written is (status == 303)


@pytest.mark.parametrize("path", ["/accounts", "/sign-in", "/sign-out"])
async def test_no_other_site_signs_a_person_in_or_out(house: House, path: str) -> None:
    mara = await house.signed_up(MARA)
    form = {"email": MARA, "key": KEY, "kdf": KDF}
    refused = await mara.post(path, data=form, headers={"Sec-Fetch-Site": "cross-site", "Accept": "application/json"})
    assert (refused.status_code, refused.json()["code"]) == (403, "cross_site")
    assert "set-cookie" not in refused.headers
    assert (await mara.get("/session")).status_code == 200


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("cross-site", "navigate", 200),
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
        ("same-origin", "same-origin", 200),
        ("none", "navigate", 200),
    ],
)
async def test_another_site_may_link_to_a_page_but_not_load_it_into_its_own(
    house: House, site: str, mode: str, status: int
) -> None:
    mara = await house.signed_up(MARA)
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert (await mara.get("/journal", headers=headers)).status_code == status
    assert (await mara.get("/support", headers=headers)).status_code == 200


async def test_our_address_on_the_network_counts_as_ours(house: House) -> None:
    lan = "https://192.168.1.5:8000"
    browser = house.browser(address=lan)
    form = {"email": MARA, "key": KEY, "kdf": KDF}
    assert (await browser.post("/accounts", data=form, headers={"Origin": lan})).status_code == 303
    assert (await browser.post("/accounts", data=form, headers={"Origin": EVIL})).status_code == 403


async def test_a_program_with_a_token_has_no_origin_to_show(house: House) -> None:
    await house.signed_up(MARA)
    token = await make_token(house.storage, MARA, 1)
    answer = await house.browser().post("/sync", content=b"{}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code not in (401, 403)
