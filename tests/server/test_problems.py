import json
import logging

import pytest
from litestar import get, post
from litestar.params import FromPath

from server.places import WEB
from server.problems import CODES, Problem
from server.storage import Unavailable
from tests.server.house import AS_JSON, FROM_OUR_PAGE, House

SECRET = "what Mara wrote about her mother"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("PUT", "/journal", 405, "not_allowed"),
        ("GET", "/journal", 401, "signed_out"),
        ("POST", "/you/language", 400, "malformed"),
    ],
)
async def test_a_program_gets_a_code_and_a_person_gets_a_page(
    house: House, method: str, path: str, status: int, code: str
) -> None:
    browser = house.browser()
    refused = await browser.request(method, path, headers=AS_JSON)
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json().items() >= {"type": "about:blank", "status": status, "code": code}.items()
    assert refused.status_code == status

    page = await browser.request(method, path, headers=FROM_OUR_PAGE)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    told = "needs_worker" if code == "signed_out" else code  # a newcomer is told what it takes to write here
    assert _words("en")[told]["title"] in page.text
    assert "Nothing is kept here yet" not in page.text  # the server cannot know what is on the device


async def test_devices_get_json_whatever_they_say_they_accept(house: House) -> None:
    refused = await house.browser().get("/sync/changes", headers={"Accept": "text/event-stream"})
    assert (refused.status_code, refused.json()["code"]) == (401, "signed_out")
    assert refused.headers["www-authenticate"] == "Bearer"


async def test_a_method_that_does_not_work_comes_with_those_that_do(house: House) -> None:
    refused = await house.browser().put("/sign-in", headers=AS_JSON)
    assert "POST" in refused.headers["allow"]


async def test_what_nobody_foresaw_says_nothing_and_logs_no_words(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    @get("/broken/{word:str}", opt={"for": "anyone"})
    async def broken(word: FromPath[str]) -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise RuntimeError(SECRET) from error

    house.app.register(broken)
    with caplog.at_level(logging.ERROR):
        for headers in ({}, AS_JSON):
            answer = await house.browser().get(f"/broken/{SECRET}?q={SECRET}", headers=headers)
            assert answer.status_code == 500
            assert not any(word in answer.text for word in (SECRET, "RuntimeError", "Traceback", "broken"))
        assert answer.json()["code"] == "unexpected"
    logged = [record.getMessage() for record in caplog.records if record.name == "unlearn"]
    assert len(logged) == 2
    assert "RuntimeError" in logged[0]
    assert "ValueError" in logged[0]
    assert "test_problems.py" in logged[0]
    assert "/broken/{word}" in logged[0]
    assert SECRET not in "".join(logged)


async def test_a_page_that_fails_to_explain_still_answers(house: House) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    house.app.state.problem_page = fails
    answer = await house.browser().get("/nowhere")
    assert (answer.status_code, answer.text) == (404, "404 Not Found")


async def test_a_full_disk_is_said_to_be_the_servers_and_for_now(house: House) -> None:
    @get("/full", opt={"for": "anyone"})
    async def full() -> None:
        raise Unavailable

    house.app.register(full)
    answer = await house.browser().get("/full", headers=AS_JSON)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


async def test_a_problem_keeps_its_headers_and_members(house: House) -> None:
    @post("/slow", opt={"for": "anyone"})
    async def slow() -> None:
        raise Problem(429, "slow_down", {"Retry-After": "7"}, {"left": 0})

    house.app.register(slow)
    answer = await house.browser().post("/slow", headers=AS_JSON)
    assert (answer.headers["retry-after"], answer.json()["left"], answer.json()["title"]) == (
        "7",
        0,
        "Too Many Requests",
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_code_has_words(language: str) -> None:
    codes = {*CODES.values(), "cross_site", "email_taken", "unexpected", "wrong_passphrase"}
    assert codes <= _words(language).keys()


def _words(language: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads((WEB / "words" / f"{language}.json").read_text())["problems"]
    return words
