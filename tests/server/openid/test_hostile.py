"""Twenty-four wrong answers of a provider and of who stands in between. None makes an account, none begins a session."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast

import pytest
import pytest_asyncio
from joserfc.jwk import RSAKey

from server.journeys import clients_of
from tests.server.house import House
from tests.server.openid.conftest import open_house_with
from tests.server.openid.going import at_provider, come_back, opens_nothing, set_out
from tests.server.openid.hostile import FIFTY_MEGABYTES, HostileProvider, new_key, open_provider

pytestmark = pytest.mark.asyncio(loop_scope="module")

Wrong = Callable[[HostileProvider], None]


def says(name: str, **changes: Any) -> Wrong:
    """One of its answers is changed."""
    return lambda provider: provider.spoil.update({name: lambda answer: answer.update(changes)})


def leaves_out(name: str, *fields: str) -> Wrong:
    """Something is missing in one of its answers."""

    def spoil(answer: dict[str, Any]) -> None:
        for field in fields:
            del answer[field]

    return lambda provider: provider.spoil.update({name: spoil})


def segment(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def is_unsigned(provider: HostileProvider) -> None:
    provider.sign = lambda header, claims: f"{segment({**header, 'alg': 'none'})}.{segment(claims)}."


def signs_with_public_key(provider: HostileProvider) -> None:
    def sign(header: dict[str, Any], claims: dict[str, Any]) -> str:
        text = f"{segment({**header, 'alg': 'HS256'})}.{segment(claims)}"
        mac = hmac.new(cast(RSAKey, provider.keys["one"]).as_pem(private=False), text.encode(), hashlib.sha256).digest()
        return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    provider.sign = sign


def brings_its_key(provider: HostileProvider) -> None:
    provider.keys["mallory"] = new_key("mallory")
    provider.signs_with = "mallory"
    key = provider.keys["mallory"].as_dict(private=False)
    provider.spoil["header"] = lambda header: header.update(jwk=key)
    provider.spoil["jwks"] = lambda jwks: jwks["keys"].pop()


def names_no_key_of_two(provider: HostileProvider) -> None:
    provider.keys["two"] = new_key("two")
    leaves_out("header", "kid")(provider)


def is_signed_by_nobody(provider: HostileProvider) -> None:
    signed = provider.sign
    provider.sign = lambda header, claims: signed(header, {**claims, "sub": "0"}).rsplit(".", 1)[0] + ".AAAA"


def says_fifty_megabytes(name: str) -> Wrong:
    return says(name, padding="x" * FIFTY_MEGABYTES)


def leads_elsewhere(path: str) -> Wrong:
    return lambda provider: provider.redirects.update({path: f"http://localhost:9{path}"})


ANOTHER = "https://evil.example"
FUTURE, PAST = int(time.time()) + 3600, int(time.time()) - 3600
WRONG: dict[str, Wrong] = {
    "no state": leaves_out("back", "state"),
    "wrong state": says("back", state="A" * 43),
    "two states": says("back", state=["A" * 43, "B" * 43]),
    "no nonce": leaves_out("claims", "nonce"),
    "wrong nonce": says("claims", nonce="A" * 43),
    "wrong issuer in the token": says("claims", iss=ANOTHER),
    "wrong issuer in the metadata": says("metadata", issuer=ANOTHER),
    "wrong issuer in the answer": says("back", iss=ANOTHER),
    "no issuer in the answer": leaves_out("back", "iss"),
    "wrong audience": says("claims", aud="somebody else"),
    "wrong party": says("claims", azp="somebody else"),
    "several audiences and no party": says("claims", aud=["unlearn & co", "somebody else"]),
    "over": says("claims", exp=PAST),
    "from the future": says("claims", iat=FUTURE),
    "no end": leaves_out("claims", "exp"),
    "an end that is no number": says("claims", exp=float("nan")),
    "unsigned": is_unsigned,
    "signed with the public key as a secret": signs_with_public_key,
    "with a key of its own": brings_its_key,
    "with the address of a key": says("header", jku=f"{ANOTHER}/jwks"),
    "critical and unknown": says("header", crit=["exp"], exp=FUTURE),
    "critical and odd": says("header", crit=7),
    "no name of a key, and two keys": names_no_key_of_two,
    "a name of no key": says("header", kid="nobody's"),
    "a signature of nobody's": is_signed_by_nobody,
    "no subject": leaves_out("claims", "sub"),
    "an empty subject": says("claims", sub=""),
    "another subject in the particulars": says("userinfo", sub="0"),
    "another access token": says("claims", at_hash="A" * 22),
    "no token": leaves_out("token", "id_token"),
    "fifty megabytes of token": says_fifty_megabytes("token"),
    "fifty megabytes of keys": says_fifty_megabytes("jwks"),
    "another host's token": leads_elsewhere("/token"),
    "another host's keys": leads_elsewhere("/jwks"),
    "another host's particulars": leads_elsewhere("/userinfo"),
    "a code that is none": says("back", code="A" * 22),
    "no code": leaves_out("back", "code"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened(tmp_path_factory: pytest.TempPathFactory, shell: Path) -> AsyncIterator[tuple[House, HostileProvider]]:
    """One application for all of them: nothing is left of a wrong answer."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "shell").symlink_to(shell)
    with open_provider() as provider:
        async with open_house_with(folder, clinic=provider) as house:
            yield house, provider


@pytest.fixture
def house(opened: tuple[House, HostileProvider]) -> House:
    house, _ = opened
    house.app.state.openid = clients_of(house.app.state.settings)  # which have heard nothing from a provider yet
    return house


@pytest.fixture
def provider(opened: tuple[House, HostileProvider]) -> HostileProvider:
    """An honest one, for a test to spoil."""
    _, provider = opened
    provider.be_honest()
    return provider


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_answer_opens_nothing(house: House, provider: HostileProvider, name: str) -> None:
    browser = house.browser()
    address = "" if "metadata" in name else await set_out(browser)
    WRONG[name](provider)
    if address:
        refused = await come_back(browser, await at_provider(address))
    else:
        refused = await browser.post("/sign-in/with/clinic", headers={"Sec-Fetch-Site": "same-origin"})
    await opens_nothing(house, browser, refused)
    assert provider.sent_bytes < FIFTY_MEGABYTES / 2  # what the sockets hold is sent, whoever reads it
