"""New passkeys that were not made here, for this, by this person: none is kept, and an honest one is after each."""

from collections.abc import Iterator
from secrets import token_urlsafe

import pytest

from tests.browser.ceremonies import (
    ADD,
    OTHER_PORT,
    OTHER_SITE,
    PARENT,
    SIGN_IN,
    STEP_UP,
    Ceremonies,
    Json,
    Said,
    Two,
    client_of,
    without_presence,
)
from tests.server.house import MARA, TEO

NOT_ADDED = Said(422, ADD, "wrong_passkey")


@pytest.fixture
def teo(two: Two) -> Iterator[Ceremonies]:
    """He is signed in, with no passkey on his phone; whatever was tried, his account got none but the honest one in the end."""
    teo = two.teo
    before = teo.passkeys()
    teo.finger.forget()
    yield teo
    assert teo.passkeys() == before
    teo.finger.forget()
    made = teo.make(teo.ask(ADD))
    assert teo.answer(ADD, made) == Said(200, f"{ADD}?now=added", "")
    assert sorted(teo.passkeys()) == sorted([*before, made["id"]])


def is_refused(person: Ceremonies, wrong: Json) -> None:
    assert person.answer(ADD, wrong) == NOT_ADDED


def test_made_on_a_page_of_another_port(teo: Ceremonies) -> None:
    asked = teo.ask(ADD)
    with teo.elsewhere(OTHER_PORT) as page:
        wrong = teo.make(asked, page)
    is_refused(teo, wrong)


def test_made_on_our_page_within_another_sites(teo: Ceremonies) -> None:
    asked = teo.ask(ADD)
    with teo.framed(OTHER_SITE) as frame:
        wrong = teo.make(asked, frame)
    client = client_of(wrong)
    assert (client["origin"], client["crossOrigin"]) == (teo.device.url, True)
    is_refused(teo, wrong)


def test_made_for_the_name_above_ours(teo: Ceremonies) -> None:
    is_refused(teo, teo.make({**teo.ask(ADD), "rp": {"id": PARENT, "name": "Unlearn"}}))


def test_made_for_a_challenge_that_is_none_of_ours(teo: Ceremonies) -> None:
    is_refused(teo, teo.make({**teo.ask(ADD), "challenge": token_urlsafe(32)}))


@pytest.mark.parametrize("other", [SIGN_IN, STEP_UP])
def test_made_for_a_challenge_for_something_else(teo: Ceremonies, other: str) -> None:
    is_refused(teo, teo.make({**teo.ask(ADD), "challenge": teo.ask(other)["challenge"]}))


def test_made_for_a_challenge_that_was_answered(teo: Ceremonies) -> None:
    asked = teo.ask(ADD)
    is_refused(teo, teo.make({**asked, "rp": {"id": PARENT, "name": "Unlearn"}}))
    is_refused(teo, teo.make(asked))


def test_made_for_what_another_person_was_asked(teo: Ceremonies, two: Two) -> None:
    """Once in her own browser, once in this one, where she is signed in before him."""
    mara = two.mara
    is_refused(teo, teo.make({**teo.ask(ADD), "challenge": mara.ask(ADD)["challenge"]}))
    teo.enter_as(MARA)
    challenge = teo.ask(ADD)["challenge"]
    teo.enter_as(TEO)
    teo.finger.forget()
    is_refused(teo, teo.make({**teo.ask(ADD), "challenge": challenge}))


def test_made_by_a_key_that_asks_nobody_who_they_are(teo: Ceremonies) -> None:
    plain = {"authenticatorAttachment": "cross-platform", "userVerification": "discouraged"}
    with teo.finger.beside_a_plain_key():
        wrong = teo.make({**teo.ask(ADD), "authenticatorSelection": plain})
    is_refused(teo, wrong)


def test_made_with_nobody_there(teo: Ceremonies) -> None:
    is_refused(teo, without_presence(teo.make(teo.ask(ADD))))


def test_of_signing_in(teo: Ceremonies) -> None:
    teo.make(teo.ask(ADD))
    is_refused(teo, teo.sign({**teo.ask(SIGN_IN), "challenge": teo.ask(ADD)["challenge"]}))
