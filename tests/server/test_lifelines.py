"""Crisis lines: ours are whole and dated, and an operator's own take their place everywhere."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from server.check import check
from server.languages import LANGUAGES
from server.lifelines import BadLifelines, read_lifelines
from server.moments import known_zone
from server.settings import BadSetting, read_settings
from server.shell import build_shell
from server.words import words_of
from tests.server.house import House, open_house

COUNTRIES = read_lifelines().countries
LINES = [
    line for country in COUNTRIES for line in (*country.lines, *([country.emergency] if country.emergency else []))
]
PORTUGAL = {
    "code": "PT",
    "name": "Portugal",
    "zones": ["Europe/Lisbon"],
    "lines": [{"name": "SNS 24", "call": "808 24 24 24"}],
}


def test_lines_for_twelve_countries_are_there_and_each_was_checked_somewhere() -> None:
    assert len(COUNTRIES) >= 12
    assert all(country.emergency for country in COUNTRIES)
    assert all(line.checked and date(2026, 11, 1) <= line.checked and line.source for line in LINES)
    assert all(line.call or line.text for line in LINES)


@pytest.mark.parametrize("code", ["US", "CA"])
def test_988_takes_calls_and_texts(code: str) -> None:
    (line,) = next(country.lines for country in COUNTRIES if country.code == code)
    assert (line.call, line.text) == ("988", "988")


def test_each_zone_is_one_that_clocks_know_and_in_one_country_alone() -> None:
    zones = [zone for country in COUNTRIES for zone in country.zones]
    assert [zone for zone in zones if not known_zone(zone)] == []
    assert len(zones) == len(set(zones))
    assert all(country.zones for country in COUNTRIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_lines_name_has_words(language: str) -> None:
    words = words_of(language)["support"]
    assert {country.code for country in COUNTRIES} == set(words["countries"])
    assert {each for line in LINES for each in line.languages} == set(words["languages"])
    assert {line.hours for line in LINES if line.hours} == set(words["hours"])


async def test_who_came_from_nowhere_chooses_first_and_the_choice_stays(house: House) -> None:
    stranger = house.browser()
    first = (await stranger.get("/support")).text
    assert "tel:" not in first
    assert 'href="https://findahelpline.com"' in first
    chosen = await stranger.post("/support/country", data={"country": "NZ"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/support?country=NZ")
    assert 'href="tel:1737"' in (await stranger.get("/support")).text
    assert 'href="sms:988"' in (await stranger.get("/support?country=US")).text
    odd = await stranger.post("/support/country", data={"country": "<b>"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert odd.headers["location"] == "/support"
    assert 'href="tel:1737"' in (await stranger.get("/support")).text


async def test_help_is_a_tap_away_from_a_refusal(house: House) -> None:
    for path in ("/no-such-page", "/journal", "/learn/no-such-page"):
        page = (await house.browser().get(path)).text
        assert page.count('href="/support"') >= 2, path


@pytest.mark.parametrize("status", [True, False])
async def test_a_plan_is_shown_to_its_writer_and_to_nobody_else(house: House, status: bool) -> None:
    mara = await house.signed_up("mara@example.org")
    plan = {"professionals": "Dr Soler, 555 0100", "warning_signs": "I stop answering"}
    await mara.post("/safety-plans", data=plan, headers={"Sec-Fetch-Site": "same-origin"})
    page = (await (mara if status else house.browser()).get("/support")).text
    assert ("I stop answering" in page) is status
    assert ('href="tel:5550100"' in page) is status
    assert ('href="/safety-plans/new"' in page) is not status


async def test_an_operators_file_takes_the_place_of_a_country_and_adds_others(tmp_path: Path) -> None:
    ireland = {"code": "IE", "zones": ["Europe/Dublin"], "lines": [{"name": "Our own line", "call": "1800 000 000"}]}
    file = written(tmp_path, [PORTUGAL, ireland])
    async with open_house(tmp_path / "data", UNLEARN_LIFELINES=str(file)) as house:
        stranger = house.browser()
        irish = (await stranger.get("/support?country=IE")).text
        assert "Our own line" in irish
        assert "Samaritans" not in irish
        assert "Not checked by us" in irish
        assert "SNS 24" in (await stranger.get("/support?country=PT")).text
        assert "Samaritans" in (await stranger.get("/support?country=GB")).text
        assert "Our own line" in house.app.state.shell.files["data.js"].bodies[""].decode()


def test_another_file_is_another_version_of_the_shell(tmp_path: Path) -> None:
    ours = build_shell(tmp_path)
    theirs = build_shell(tmp_path, read_lifelines(written(tmp_path, [PORTUGAL])))
    assert theirs.version != ours.version


@pytest.mark.parametrize(
    ("countries", "why"),
    [
        ("nothing", "truncated"),
        ({}, "Expected `array`"),
        ([{**PORTUGAL, "lines": []}], "length >= 1"),
        ([{**PORTUGAL, "lines": [{"name": "x"}]}], "PT has a line that can be neither called nor written to"),
        (
            [{**PORTUGAL, "lines": [{"name": "x", "call": "call me"}]}],
            r"matching regex .* at `\$.countries\[0\].lines\[0\].call`",
        ),
        ([{**PORTUGAL, "lines": [{"name": "x", "chat": "javascript:alert(1)"}]}], "matching regex"),
        ([{**PORTUGAL, "lines": [{"name": "x", "call": "808", "checked": "lately"}]}], "Invalid RFC3339|ISO8601|date"),
        ([{**PORTUGAL, "name": ""}], "PT needs a name"),
        ([{**PORTUGAL, "zones": ["Europe/Lisboa"]}], "Europe/Lisboa in PT is not a time zone"),
        ([{**PORTUGAL, "zones": ["Europe/Madrid"]}], "Europe/Madrid in PT is in two places"),
        ([{**PORTUGAL, "colour": "blue"}], "unknown field `colour`"),
    ],
)
def test_a_bad_file_stops_the_start_with_one_line_that_says_why(tmp_path: Path, countries: Any, why: str) -> None:
    file = written(tmp_path, countries)
    with pytest.raises(BadLifelines, match=why):
        read_lifelines(file)
    with pytest.raises(BadSetting) as refused:
        read_settings({"UNLEARN_LIFELINES": str(file)})
    assert str(refused.value).startswith(f"UNLEARN_LIFELINES is {str(file)!r}, but must be a file of crisis lines")
    assert "\n" not in str(refused.value)


def test_the_operator_reads_how_many_countries_there_are_and_what_was_checked_longest_ago(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = {**PORTUGAL, "lines": [{"name": "SNS 24", "call": "808 24 24 24", "checked": "2025-01-31"}]}
    file = written(tmp_path, [old])
    assert check(read_settings({"UNLEARN_DATA": str(tmp_path), "UNLEARN_LIFELINES": str(file)}))
    said = capsys.readouterr().out
    assert re.search(rf"UNLEARN_LIFELINES +{file}", said)
    assert re.search(rf"countries +{len(COUNTRIES) + 1}\n", said)
    assert re.search(r"oldest check +2025-01-31\n", said)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="No such file or directory"):
        read_settings({"UNLEARN_LIFELINES": str(tmp_path / "none.json")})


def test_every_number_is_one_that_a_phone_can_dial() -> None:
    numbers = [number for line in LINES for number in (line.call, line.text) if number]
    assert [number for number in numbers if not re.fullmatch(r"\*?[0-9]{3,12}", number.replace(" ", ""))] == []


def written(folder: Path, countries: Any) -> Path:
    file = folder / "lifelines.json"
    file.write_text("{" if countries == "nothing" else json.dumps({"countries": countries}))
    return file
