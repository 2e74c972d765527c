"""The lock as either host draws it: its settings, its page in place of any other, and what it leaves open."""

import pytest
from msgspec.structs import replace

from server.languages import LANGUAGES
from tests.differential.example import NOON, PLACE, Lock, Standing
from tests.differential.phone import Phone
from tests.differential.server import Server
from tests.differential.test_two_hosts import same

HOUR = 3_600_000  # ms
LOCKS = [
    Lock(is_on=False, after=0),
    Lock(is_on=False, passkey={"id": "aa", "key": "bb", "alg": "-7"}),
    Lock(passkey={"id": "aa", "key": "bb", "alg": "-7"}),
    Lock(is_on=False, wrong=4, tried=NOON, wait=30_000),
    Lock(),
    Lock(wrong=99, tried=NOON, wait=900_000),
    Lock(asked=NOON - HOUR),
    Lock(asked=NOON - 72 * HOUR),
]
STANDINGS = [Standing(), Standing(signed_in=True, email="mara@example.org")]
ADDRESSES = [
    "/",
    "/journal?q=quiet",
    "/you/lock",
    "/you/lock?now=on",
    "/you/lock?now=passkey_on",
    "/you/lock?now=constructor",
    "/support",
    "/measures",
]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_with_a_lock_is_the_same(phone: Phone, lock: Lock, standing: Standing, language: str) -> None:
    phone.hold([])
    place = replace(PLACE, lock=lock, standing=standing, language=language)
    for address in ADDRESSES:
        same(phone, Server([]), replace(place, address=address))
