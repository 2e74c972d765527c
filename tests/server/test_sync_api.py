import json
import uuid
from functools import partial

import httpx
import pytest

from server.attempts import Attempts
from server.storage import Token, Unavailable
from server.sync_body import MAX_BODY
from sync.record import encode, new, save
from tests.server.exchanging import exchange, owner_of_a_journal, post, refused
from tests.server.house import FROM_OUR_PAGE, TEO, House
from tests.server.journals import trait

pytestmark = pytest.mark.usefixtures("database_url")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_entry_logged_on_the_phone_reaches_the_laptop_and_both_edits_stand(mara: httpx.AsyncClient) -> None:
    logged = trait("I say yes too soon")
    pushed = await exchange(mara, logged)
    assert (pushed["v"], pushed["cursor"], pushed["more"], pushed["records"], pushed["refused"]) == (
        1,
        1,
        False,
        [],
        [],
    )

    laptop = await exchange(mara, device="laptop")
    assert laptop["records"] == [json.loads(encode(logged))]
    edited = save(logged, "laptop", {"costs": "my evenings"}, 5)
    renamed = save(logged, "phone", {"name": "I say yes before I think"}, 6)
    await exchange(mara, edited, device="laptop", epoch=laptop["epoch"], cursor=1)
    answer = await exchange(mara, renamed, epoch=laptop["epoch"], cursor=1)
    (joined,) = answer["records"]
    assert {field for write in joined["writes"] for field in write["set"]} == {"name", "costs"}
    assert (await exchange(mara, device="laptop", epoch=laptop["epoch"], cursor=2))["records"] == [joined]


async def test_a_record_that_cannot_land_is_refused_alone(mara: httpx.AsyncClient) -> None:
    good, bad, large = trait("good"), new(str(uuid.uuid4()), "two words"), trait("x" * 70_000)
    answer = await exchange(mara, bad, good, large)
    assert {each["id"]: each["code"] for each in answer["refused"]} == {bad.id: "bad_record", large.id: "too_large"}
    assert answer["cursor"] == 1


async def test_two_journals_know_nothing_of_each_other(house: House, mara: httpx.AsyncClient) -> None:
    hers = trait("hers")
    await exchange(mara, hers)
    token = await owner_of_a_journal(house, TEO)
    async with house.browser() as teo:
        teo.headers["Authorization"] = f"Bearer {token}"
        answer = await exchange(teo, trait("his", hers.id))
        assert (answer["cursor"], answer["records"]) == (1, [])
        assert (await post(teo, epoch=(await exchange(mara))["epoch"])).status_code == 409


DEEP = b'{"v":1,"device":"phone","records":[%s%s]}'


MALFORMED = [
    b"",
    b"not json",
    b"[]",
    b"null",
    b"{}",
    b'{"v":1,"device":"phone","records":[',
    b'{"v":2,"device":"phone"}',
    b'{"v":1}',
    b'{"v":1,"device":"server"}',
    b'{"v":1,"device":"No"}',
    b'{"v":1,"device":"phone","cursor":-1}',
    b'{"v":1,"device":"phone","cursor":0.5}',
    b'{"v":1,"device":"phone","limit":0}',
    b'{"v":1,"device":"phone","records":{}}',
    b'{"v":1,"device":"phone","records":[5]}',
    b'{"v":1,"device":"phone","records":[{"id":7}]}',
    b'{"v":1,"device":"phone","epoch":"\xff"}',
    b'{"v":1,"device":"phone","records":[{"id":"\\ud800"}]}',
    b'{"v":1,"device":"phone","records":[{"id":"a","x":"\xc3"}]}',
    DEEP % (b"[" * 15, b"]" * 15),
    DEEP % (b"[" * 200_000, b"]" * 200_000),
    b'{"a":' * 200_000,
]


async def test_what_is_not_an_exchange_is_malformed(mara: httpx.AsyncClient) -> None:
    answers = {body[:60]: refused(await mara.post("/sync", content=body)) for body in MALFORMED}
    assert answers == {body[:60]: (400, "malformed") for body in MALFORMED}


async def test_numbers_that_two_languages_read_differently_are_refused_with_their_record(
    mara: httpx.AsyncClient,
) -> None:
    record = b'{"id":"%s","kind":"trait","seen":{"phone":1},"writes":[{"by":"phone","at":1,"set":{"name":%s}}]}'
    numbers = [b"1e400", b"9007199254740992", b"1" * 5000, b"-9007199254740992", b"0.1"]
    records = [record % (str(uuid.uuid4()).encode(), number) for number in numbers]
    answer = await mara.post("/sync", content=DEEP % (b",".join(records), b""))
    assert [each["code"] for each in answer.json()["refused"]] == ["bad_record"] * len(numbers)


async def test_too_many_bytes_or_records_are_too_large(mara: httpx.AsyncClient) -> None:
    assert refused(await mara.post("/sync", content=b" " * (MAX_BODY + 1))) == (413, "too_large")
    assert refused(await post(mara, *[trait("one")] * 2001)) == (413, "too_large")
    assert (await post(mara, *[trait("one")] * 2000)).status_code == 200


async def test_nobody_without_session_or_token_exchanges_or_listens(house: House) -> None:
    async with house.browser() as stranger:
        stranger.headers.update({"Sec-Fetch-Site": "same-origin"})
        assert refused(await post(stranger)) == (401, "signed_out")
        assert refused(await stranger.get("/sync/changes")) == (401, "signed_out")
        stranger.headers["Authorization"] = "Bearer nobody.nothing"
        assert refused(await post(stranger)) == (401, "signed_out")


async def test_a_session_speaks_for_its_first_device_and_a_token_for_any(house: House, mara: httpx.AsyncClient) -> None:
    browser = await house.signed_up(TEO)
    browser.headers.update(FROM_OUR_PAGE)
    assert (await post(browser)).status_code == 200
    assert refused(await post(browser, device="laptop")) == (401, "signed_out")
    assert (await post(browser)).status_code == 200
    assert [(await post(mara, device=name)).status_code for name in ("phone", "laptop")] == [200, 200]


async def test_a_page_of_the_account_before_pushes_nothing_into_the_next_ones_journal(house: House) -> None:
    browser = await house.signed_up(TEO)
    browser.headers.update({**FROM_OUR_PAGE, "Unlearn-Account": "maras"})
    assert refused(await post(browser, trait("hers"))) == (401, "signed_out")


async def test_a_cursor_of_another_life_starts_from_zero(mara: httpx.AsyncClient) -> None:
    for asked in ({"epoch": "another"}, {"cursor": 1}, {"cursor": 2**60}):
        assert refused(await post(mara, trait("one"), **asked)) == (409, "epoch_changed")
    assert (await exchange(mara))["cursor"] == 0


async def test_a_program_that_runs_wild_is_slowed_down(house: House, mara: httpx.AsyncClient) -> None:
    house.app.state.devices = Attempts(most=1, window=60_000, keys=10)
    assert (await post(mara)).status_code == 200
    answer = await post(mara)
    assert refused(answer) == (429, "slow_down")
    assert int(answer.headers["retry-after"]) > 0
    assert (await post(mara, device="laptop")).status_code == 200


async def test_a_program_that_takes_another_name_each_time_is_slowed_down_too(
    house: House, mara: httpx.AsyncClient
) -> None:
    house.app.state.accounts = Attempts(most=5, window=60_000, keys=10)
    answers = [await post(mara, device=f"device{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    async with house.browser() as teo:
        teo.headers["Authorization"] = f"Bearer {await owner_of_a_journal(house, TEO)}"
        assert (await post(teo)).status_code == 200


@on_sqlite
async def test_a_full_disk_is_unavailable_for_writing_while_reading_goes_on(
    house: House, mara: httpx.AsyncClient
) -> None:
    await exchange(mara, trait("before"))
    file = house.storage._file  # type: ignore[attr-defined] # noqa: SLF001 - no other way to fill SQLite's disk
    (pages,) = await file.write(lambda db: db.execute("PRAGMA page_count").fetchone())
    limit = partial("PRAGMA max_page_count = {}".format)
    await file.write(lambda db: db.execute(limit(pages)).close())
    answer = await post(mara, *(trait("x" * 50_000) for _ in range(5)))
    assert refused(answer) == (503, "unavailable")
    assert answer.headers["retry-after"] == "5"
    assert len((await exchange(mara))["records"]) == 1
    await file.write(lambda db: db.execute(limit(2**30)).close())
    assert (await exchange(mara, trait("after")))["cursor"] == 2


@on_sqlite
async def test_a_closed_database_is_unavailable_not_a_failure(house: House, mara: httpx.AsyncClient) -> None:
    house.storage._file.close()  # type: ignore[attr-defined] # noqa: SLF001 - as it is while the server stops
    with pytest.raises(Unavailable):
        await house.storage.add(Token("nobody", "token", 1))
    assert refused(await post(mara, trait("late"))) == (503, "unavailable")
