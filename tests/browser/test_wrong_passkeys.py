"""Wrong answers of passkeys, made by Chromium's own authenticator: none signs in, and the honest one does after each.

All are as the authenticator signed them but three, which no browser makes and a program could send.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from secrets import token_urlsafe

import pytest
from playwright.sync_api import Error

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
    signed_anew,
)
from tests.server.house import MARA

REFUSED = Said(401, SIGN_IN, "wrong_passkey")


@pytest.fixture
def mara(two: Two) -> Iterator[Ceremonies]:
    """Her phone, where nobody is signed in; whatever was tried, an honest answer opens her account in the end."""
    mara = two.mara
    mara.leave()
    [hers] = mara.finger.credentials()
    yield mara
    mara.finger.hold({**hers, "signCount": hers["signCount"] + 10})
    mara.leave()
    sign_in(mara)
    assert mara.who() == MARA


def sign_in(person: Ceremonies) -> None:
    assert person.answer(SIGN_IN, person.sign(person.ask(SIGN_IN))) == Said(200, SIGN_IN, "")


def is_refused(person: Ceremonies, wrong: Json) -> None:
    assert person.answer(SIGN_IN, wrong) == REFUSED
    assert person.who() == ""


def test_signed_on_a_page_of_another_port(mara: Ceremonies) -> None:
    asked = mara.ask(SIGN_IN)
    with mara.elsewhere(OTHER_PORT) as page:
        wrong = mara.sign(asked, page)
    is_refused(mara, wrong)


def test_on_another_site_the_browser_itself_refuses(mara: Ceremonies) -> None:
    asked = mara.ask(SIGN_IN)
    with mara.elsewhere(OTHER_SITE) as page, pytest.raises(Error, match="SecurityError"):
        mara.sign(asked, page)


def test_signed_on_our_page_within_another_sites(mara: Ceremonies) -> None:
    asked = mara.ask(SIGN_IN)
    with mara.framed(OTHER_SITE) as frame:
        wrong = mara.sign(asked, frame)
    client = client_of(wrong)
    assert (client["origin"], client["crossOrigin"]) == (mara.device.url, True)
    is_refused(mara, wrong)


def test_signed_for_the_name_above_ours(mara: Ceremonies) -> None:
    [hers] = mara.finger.credentials()
    mara.finger.hold({**hers, "rpId": PARENT})
    is_refused(mara, mara.sign({**mara.ask(SIGN_IN), "rpId": PARENT}))


def test_to_a_challenge_that_is_none_of_ours(mara: Ceremonies) -> None:
    is_refused(mara, mara.sign({**mara.ask(SIGN_IN), "challenge": token_urlsafe(32)}))


def test_sent_once_more_and_signed_once_more(mara: Ceremonies) -> None:
    asked = mara.ask(SIGN_IN)
    answer = mara.sign(asked)
    assert mara.answer(SIGN_IN, answer).status == 200
    mara.leave()
    is_refused(mara, answer)
    is_refused(mara, mara.sign(asked))


def test_after_five_minutes(mara: Ceremonies, two: Two) -> None:
    asked = mara.ask(SIGN_IN)
    with closing(sqlite3.connect(two.serving.folder / "unlearn.sqlite3")) as database, database:
        database.execute("UPDATE tickets SET expires_at = expires_at - 300000")
    is_refused(mara, mara.sign(asked))


def test_to_what_another_persons_browser_was_asked(mara: Ceremonies, two: Two) -> None:
    teo = two.teo
    mara.device.context.clear_cookies()
    is_refused(mara, mara.sign(teo.ask(SIGN_IN)))
    mara.ask(SIGN_IN)
    is_refused(mara, mara.sign(teo.ask(SIGN_IN)))


@pytest.mark.parametrize("other", [STEP_UP, ADD])
def test_to_a_challenge_for_something_else(mara: Ceremonies, other: str) -> None:
    sign_in(mara)
    challenge = mara.ask(other)["challenge"]
    mara.leave()
    is_refused(mara, mara.sign({**mara.ask(SIGN_IN), "challenge": challenge}))


def test_of_making_a_passkey(mara: Ceremonies, two: Two) -> None:
    teo = two.teo
    is_refused(mara, mara.make({**teo.ask(ADD), "challenge": mara.ask(SIGN_IN)["challenge"]}))


def test_that_says_to_be_of_making_a_passkey(mara: Ceremonies) -> None:
    [hers] = mara.finger.credentials()
    is_refused(mara, signed_anew(hers, mara.sign(mara.ask(SIGN_IN)), type="webauthn.create"))
    mara.leave()
    as_it_is = signed_anew(hers, mara.sign(mara.ask(SIGN_IN)))
    assert mara.answer(SIGN_IN, as_it_is).status == 200  # so it is not the signature that was wrong


def test_of_somebody_whom_the_device_does_not_know(mara: Ceremonies) -> None:
    mara.finger.is_known(False)
    wrong = mara.sign({**mara.ask(SIGN_IN), "userVerification": "discouraged"})
    mara.finger.is_known(True)
    is_refused(mara, wrong)


@pytest.mark.parametrize("lie", ["isBadUV", "isBadUP", "isBogusSignature"])
def test_of_a_device_that_knew_nobody_saw_nobody_or_signed_nothing(mara: Ceremonies, lie: str) -> None:
    with mara.finger.lying(**{lie: True}):
        wrong = mara.sign(mara.ask(SIGN_IN))
    is_refused(mara, wrong)


def test_with_the_signature_of_another_answer(mara: Ceremonies) -> None:
    wrong, other = mara.sign(mara.ask(SIGN_IN)), mara.sign(mara.ask(SIGN_IN))
    wrong["response"]["signature"] = other["response"]["signature"]
    is_refused(mara, wrong)


def test_of_no_account(mara: Ceremonies) -> None:
    wrong = mara.sign(mara.ask(SIGN_IN))
    del wrong["response"]["userHandle"]
    is_refused(mara, wrong)


def test_of_a_copy_that_counts_from_before(mara: Ceremonies) -> None:
    [copy] = mara.finger.credentials()
    sign_in(mara)
    mara.leave()
    mara.finger.hold(copy)
    is_refused(mara, mara.sign(mara.ask(SIGN_IN)))


def test_of_a_passkey_that_its_owner_has_removed(mara: Ceremonies) -> None:
    sign_in(mara)
    mara.finger.forget()
    made = mara.make(mara.ask(ADD))
    mara.answer(ADD, made)
    assert made["id"] in mara.passkeys()
    assert mara.send(f"{ADD}/{made['id']}/remove").path == f"{ADD}?now=removed"
    mara.leave()
    is_refused(mara, mara.sign(mara.ask(SIGN_IN)))


@pytest.mark.parametrize("taken", [["userHandle"], ["credentialId"], ["userHandle", "credentialId"]])
def test_of_another_persons_key_as_if_it_were_hers(mara: Ceremonies, two: Two, taken: list[str]) -> None:
    [hers], [his] = mara.finger.credentials(), two.teo.finger.credentials()
    mara.finger.hold({**his, **{name: hers[name] for name in taken}, "signCount": 10_000})
    is_refused(mara, mara.sign(mara.ask(SIGN_IN)))


def test_another_persons_passkey_does_not_show_once_more_who_she_is(mara: Ceremonies, two: Two) -> None:
    [hers], [his] = mara.finger.credentials(), two.teo.finger.credentials()
    sign_in(mara)
    before = mara.session()
    mara.finger.hold(his)
    for asked in ({**mara.ask(STEP_UP), "allowCredentials": []}, mara.ask(SIGN_IN)):
        assert mara.answer(STEP_UP, mara.sign(asked)) == Said(401, STEP_UP, "wrong_passkey")
    assert (mara.session(), mara.who()) == (before, MARA)
    mara.finger.hold({**hers, "signCount": hers["signCount"] + 5})
    assert mara.answer(STEP_UP, mara.sign(mara.ask(STEP_UP))) == Said(200, "/learn", "")
    assert (mara.session() != before, mara.who()) == (True, MARA)
