"""The way to a provider and back is good once, in one browser, for ten minutes, with one provider."""

import time

import httpx

from server.storage import Account, Session, Ticket
from tests.server.house import House
from tests.server.openid.going import at_provider, come_back, opens_nothing, set_out, there_and_back
from tests.server.openid.hostile import HostileProvider


async def test_an_honest_answer_opens_a_new_account(house: House) -> None:
    browser = house.browser()
    back = await there_and_back(browser)
    assert back.status_code == 200
    assert (len(await house.storage.all(Account)), len(await house.storage.all(Session))) == (1, 1)
    assert (await browser.get("/session")).status_code == 200


async def test_a_state_is_good_for_once(house: House) -> None:
    browser = house.browser()
    path = await at_provider(await set_out(browser))
    cookies = dict(browser.cookies)
    assert (await come_back(browser, path)).status_code == 200
    again = house.browser()
    again.cookies.update(cookies)
    refused = await come_back(again, path)
    assert (refused.status_code, len(await house.storage.all(Session))) == (403, 1)


async def test_a_state_that_failed_is_used_up_too(house: House, provider: HostileProvider) -> None:
    browser = house.browser()
    provider.spoil["claims"] = lambda claims: claims.update(nonce="A" * 43)
    path = await at_provider(await set_out(browser))
    assert (await come_back(browser, path)).status_code == 403
    assert await house.storage.all(Ticket) == []
    provider.spoil.clear()
    await opens_nothing(house, browser, await come_back(browser, path))


async def test_a_state_is_good_in_the_browser_where_it_began(house: House) -> None:
    mallory, mara = house.browser(), house.browser()
    lure = await at_provider(await set_out(mallory))
    await opens_nothing(house, mara, await come_back(mara, lure))
    await set_out(mara)  # with a journey of her own under way
    await opens_nothing(house, mara, await come_back(mara, lure))


async def test_a_state_is_good_for_ten_minutes(house: House) -> None:
    browser = house.browser()
    path = await at_provider(await set_out(browser))
    (ticket,) = await house.storage.all(Ticket)
    assert ticket.expires_at - ticket.created_at == 600_000
    await house.storage.update(Ticket, {"hash": ticket.hash}, expires_at=int(time.time() * 1000))
    await opens_nothing(house, browser, await come_back(browser, path))


async def test_one_provider_cannot_have_the_code_of_another_redeemed(
    house: House, provider: HostileProvider, other: HostileProvider
) -> None:
    browser = house.browser()
    address = httpx.URL(await set_out(browser, "/sign-in/with/other"))
    honest = httpx.URL(f"{provider.issuer}/authorize", params=address.params)  # mix-up: the other sends her on to it
    back = await at_provider(str(honest.copy_set_param("redirect_uri", "https://unlearn.test/sign-in/back/other")))
    assert "/sign-in/back/other" in back
    await opens_nothing(house, browser, await come_back(browser, back))
    assert "/token" not in other.asked


async def test_a_state_is_good_at_the_provider_that_it_was_for(house: House) -> None:
    browser = house.browser()
    back = await at_provider(await set_out(browser))
    await opens_nothing(house, browser, await come_back(browser, back.replace("/clinic", "/other")))


async def test_a_code_of_somebody_else_is_nothing_without_their_verifier(
    house: House, provider: HostileProvider
) -> None:
    mallory = house.browser()
    theirs = httpx.URL(await at_provider(await set_out(house.browser())))  # Mara's, seen on the way
    ours = httpx.URL(await at_provider(await set_out(mallory)))
    nonces = [begun["nonce"] for begun in provider.codes.values()]
    provider.spoil["claims"] = lambda claims: claims.update(
        nonce=nonces[1]
    )  # so that the verifier alone stands in the way
    injected = ours.copy_set_param("code", theirs.params["code"])
    await opens_nothing(house, mallory, await come_back(mallory, str(injected)))
    assert "/token" in provider.asked
