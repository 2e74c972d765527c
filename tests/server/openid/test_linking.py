"""One account, several ways in: who may open it, who may not, and how it never loses the last way."""

import html
import re

import httpx
import msgspec
import pytest

from server.storage import Account, Identity, Session
from tests.server.house import AS_JSON, FROM_OUR_PAGE, MARA, TEO, House
from tests.server.openid.going import at_provider, come_back, leads_to, set_out, there_and_back
from tests.server.openid.hostile import SUBJECT, HostileProvider

LINK, STEP_UP = "/you/providers/clinic", "/you/step-up/with/clinic"


async def test_signing_in_again_is_the_same_account_whatever_the_email_is_by_then(
    house: House, provider: HostileProvider
) -> None:
    first = leads_to(await there_and_back(house.browser()))
    assert first == "/signed-in?next=%2Fjournal"
    provider.spoil["userinfo"] = lambda said: said.update(email="another@example.org")
    await there_and_back(house.browser())
    (account,) = await house.storage.all(Account)
    assert (account.email, account.key_hash) == (MARA, "")
    assert [each.provider for each in await house.storage.all(Session)] == ["clinic", "clinic"]


@pytest.mark.parametrize("verified", [False, None, "true", 1])
async def test_an_email_that_nobody_has_checked_is_not_used(
    house: House, provider: HostileProvider, verified: object
) -> None:
    provider.spoil["userinfo"] = lambda said: said.update(email_verified=verified)
    await there_and_back(house.browser())
    (account,) = await house.storage.all(Account)
    assert re.fullmatch(r"clinic-[0-9a-f]{10}", account.email)
    assert account.verified_at is None


async def test_an_email_opens_nobodys_account(house: House) -> None:
    await house.signed_up(MARA)
    browser = house.browser()
    refused = await there_and_back(browser)
    assert refused.status_code == 409
    assert "Then link the other service under You" in refused.text
    assert (len(await house.storage.all(Account)), await house.storage.all(Identity)) == (1, [])
    assert (await browser.get("/session")).status_code == 401


async def test_who_is_signed_in_links_a_provider_and_signs_in_with_it(house: House) -> None:
    mara = await house.signed_up(MARA)
    assert leads_to(await there_and_back(mara, LINK)) == "/you/providers?linked=clinic"
    page = await mara.get("/you/providers?linked=clinic")
    assert "Clinic is linked." in page.text
    elsewhere = house.browser()
    await there_and_back(elsewhere)
    assert (await elsewhere.get("/session")).json()["email"] == MARA
    assert len(await house.storage.all(Account)) == 1


async def test_linking_takes_a_fresh_proof_and_a_page_of_ours(house: House) -> None:
    mara = await house.signed_up(MARA)
    strange = await mara.post(LINK, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert strange.status_code == 403
    await house.storage.update(Session, {}, proved_at=1)
    old = await mara.post(LINK, headers=FROM_OUR_PAGE)
    assert (old.status_code, old.headers["location"][:13]) == (303, "/you/step-up?")
    assert (await mara.get(LINK)).status_code == 405
    assert (await house.browser().post(LINK, headers=FROM_OUR_PAGE)).status_code == 401


async def test_who_another_account_knows_is_not_linked(house: House) -> None:
    await there_and_back(house.browser())
    teo = await house.signed_up(TEO)
    refused = await there_and_back(teo, LINK)
    assert refused.status_code == 409
    assert "already opens another account here" in refused.text
    assert len(await house.storage.all(Identity)) == 1


async def test_what_one_account_began_does_not_end_in_another(house: House) -> None:
    mara, teo = await house.signed_up(MARA), await house.signed_up(TEO)
    session = {name: value for name, value in teo.cookies.items() if name == "__Host-unlearn"}
    path = await at_provider(await set_out(mara, LINK))
    mara.cookies.update(session)  # somebody else signs in, in the same browser
    refused = await come_back(mara, path)
    assert refused.status_code == 403
    assert await house.storage.all(Identity) == []


async def test_the_last_way_in_stays(house: House) -> None:
    browser = house.browser()
    await there_and_back(browser)
    refused = await unlink(browser)
    assert refused.status_code == 409
    assert "Add another way in first" in refused.text
    assert len(await house.storage.all(Identity)) == 1


async def test_a_provider_is_unlinked_where_there_is_a_passphrase(house: House) -> None:
    mara = await house.signed_up(MARA)
    await there_and_back(mara, LINK)
    assert (await unlink(mara)).headers["location"] == "/you/providers"
    assert await house.storage.all(Identity) == []


async def test_nobody_unlinks_what_is_anothers(house: House) -> None:
    mara, teo = await house.signed_up(MARA), await house.signed_up(TEO)
    await there_and_back(mara, LINK)
    await unlink(teo, (await house.storage.all(Identity))[0].issuer)
    assert len(await house.storage.all(Identity)) == 1


async def test_a_provider_shows_once_more_who_somebody_is(house: House) -> None:
    browser = house.browser()
    await there_and_back(browser)
    await house.storage.update(Session, {}, proved_at=1)
    assert STEP_UP in (await browser.get("/you/step-up?next=/you/providers")).text
    address = httpx.URL(await set_out(browser, STEP_UP, "/you/providers"))
    assert (address.params["prompt"], address.params["max_age"]) == ("login", "0")
    assert leads_to(await come_back(browser, await at_provider(str(address)))) == "/you/providers"
    (session,) = await house.storage.all(Session)
    assert session.proved_at > 1


@pytest.mark.parametrize("when", [None, 1])
async def test_a_sign_in_of_long_ago_shows_nothing(house: House, provider: HostileProvider, when: int | None) -> None:
    browser = house.browser()
    await there_and_back(browser)
    before = await house.storage.all(Session)
    provider.spoil["claims"] = lambda claims: claims.update(auth_time=when)
    assert (await there_and_back(browser, STEP_UP)).status_code == 403
    assert await house.storage.all(Session) == before


async def test_somebody_else_shows_nothing(house: House, provider: HostileProvider) -> None:
    mara = await house.signed_up(MARA)
    await there_and_back(mara, LINK)
    before = await house.storage.all(Session)
    provider.spoil["claims"] = lambda claims: claims.update(sub="0")
    provider.spoil["userinfo"] = lambda said: said.update(sub="0")
    assert (await there_and_back(mara, STEP_UP)).status_code == 403
    assert await house.storage.all(Session) == before


async def test_a_new_key_of_the_provider_is_fetched_when_it_is_first_used(
    house: House, provider: HostileProvider
) -> None:
    await there_and_back(house.browser())
    provider.keys = {"two": provider.keys["one"]}
    provider.signs_with = "two"
    provider.spoil["jwks"] = lambda jwks: jwks["keys"][0].update(kid="two")
    assert (await there_and_back(house.browser())).status_code == 200
    assert provider.asked.count("/jwks") == 2


async def test_a_sign_out_leads_to_that_of_the_provider(house: House, provider: HostileProvider) -> None:
    provider.spoil["metadata"] = lambda said: said.update(end_session_endpoint=f"{provider.issuer}/end?a=b")
    browser = house.browser()
    await there_and_back(browser)
    out = await browser.post("/sign-out", headers=FROM_OUR_PAGE)
    assert out.headers["location"] == "/signed-out?from=clinic"
    phone = house.browser()
    await there_and_back(phone)
    assert (await phone.post("/sign-out", headers=AS_JSON)).json() == {"next": "/signed-out?from=clinic"}
    page = await browser.get("/signed-out?from=clinic")
    (address,) = re.findall(r'href="(http://127[^"]+)"', page.text)
    params = httpx.URL(html.unescape(address)).params
    assert dict(params) == {
        "a": "b",
        "client_id": "unlearn & co",
        "post_logout_redirect_uri": "https://unlearn.test/signed-out",
    }
    assert (await browser.get("/signed-out")).headers["location"] == "/"
    assert (await browser.get("/session")).status_code == 401


async def test_where_sign_up_is_closed_a_provider_opens_no_new_account(house: House) -> None:
    house.app.state.settings = msgspec.structs.replace(house.app.state.settings, sign_up="closed")
    browser = house.browser()
    refused = await there_and_back(browser)
    assert refused.status_code == 403
    assert (await house.storage.all(Account), await house.storage.all(Session)) == ([], [])


async def unlink(browser: httpx.AsyncClient, issuer: str = "") -> httpx.Response:
    page = (await browser.get("/you/providers")).text
    known = re.search(r'name="issuer" value="([^"]+)"', page)
    form = {"issuer": issuer or (known[1] if known else ""), "subject": SUBJECT}
    return await browser.post("/you/providers", data=form, headers=FROM_OUR_PAGE)
