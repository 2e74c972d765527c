"""Today and the quick log, as the server answers them without a worker."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from server.entries import read_entry
from server.journal import Journal
from server.views.practise import practise_page
from server.views.quick import quick_page, saved_note
from server.views.today import next_thing, today
from server.words import words_of
from sync.record import Record, new, save
from tests.differential.example import NOON, PLACE
from tests.differential.server import here_of
from tests.server.house import FROM_OUR_PAGE, MARA, House

EN = words_of("en")
HERE = here_of(replace(PLACE, language="en"))
DAY = timedelta(days=1)
NOW = datetime.fromtimestamp(NOON / 1000, UTC)


def record(id: str, kind: str, ago: timedelta = DAY, **fields: Any) -> Record:
    when = f"{NOW - ago:%Y-%m-%dT%H:%M:%S}+00:00[UTC]"
    return save(new(id, kind), "phone", {"happened_at": when, **fields}, NOON)


TRAIT = record("trait", "trait", 30 * DAY, name="I go quiet")
TOOL = record("tool", "tool", name="Breathe out")
PLAN: dict[str, Any] = {"name": "Ask", "if_trigger": "they all look at me", "then_action": "I ask one thing"}
MOMENTS = [record(f"p{n}", "practice", n * DAY, trait_id="trait", old_reaction=60) for n in range(1, 6)]
REHEARSED = record("plan", "tool", rehearsed_at="2026-11-20T10:00:00Z", **PLAN)


@pytest.mark.parametrize(
    ("held", "name", "url"),
    [
        ([], "log", "/quick?trait=trait"),
        ([record("other", "practice", trait_id="x", old_reaction=60)], "log", "/quick?trait=trait"),
        (MOMENTS[:2], "explore", "/explore?trait=trait"),
        (MOMENTS[:3], "equip", "/equip?trait=trait"),
        ([*MOMENTS[:1], record("l", "lesson", trait_id="trait", rule_when="x")], "equip", "/equip?trait=trait"),
        ([*MOMENTS[:1], record("t", "tool", name="x", trait_id="another")], "explore", "/explore?trait=trait"),
        ([*MOMENTS[:1], TOOL], "again", "/quick?trait=trait"),
        ([*MOMENTS[:1], record("plan", "tool", **PLAN)], "rehearse", "/tools/plan"),
        ([*MOMENTS[:1], REHEARSED], "try", "/tools/plan"),
        ([*MOMENTS, REHEARSED], "review", "/rewire/trait/review"),
        ([*MOMENTS, REHEARSED, record("r", "review", 13 * DAY, trait_id="trait", changed="x")], "try", "/tools/plan"),
        ([*MOMENTS, TOOL, record("r", "review", 15 * DAY, trait_id="trait")], "review", "/rewire/trait/review"),
        ([*MOMENTS, TOOL, record("r", "review", trait_id="trait", **PLAN)], "try", "/reviews/r"),
    ],
)
def test_the_next_thing_is_the_first_that_applies(held: list[Record], name: str, url: str) -> None:
    journal = Journal([TRAIT, *held])
    trait = read_entry(TRAIT)
    assert trait
    found = next_thing(trait, journal.of_kind("tool"), journal, HERE)
    assert (found["name"], found["url"]) == (name, url)
    assert not re.search(r"\{\w+\}", found["text"])


def test_a_plan_is_named_in_the_persons_words_whatever_is_in_them() -> None:
    journal = Journal([TRAIT, *MOMENTS[:1], record("plan", "tool", **(PLAN | {"if_trigger": "{action} $&"}))])
    assert "{action} $&" in today(journal, HERE)["traits"][0]["next"]["text"]


def test_a_plan_for_any_trait_is_offered_with_one_of_them() -> None:
    other = record("other", "trait", 30 * DAY, name="I say yes")
    logged = record("o1", "practice", trait_id="other", old_reaction=60)
    held = [TRAIT, other, *MOMENTS[:1], logged, record("plan", "tool", **PLAN)]
    nexts = [each["next"]["url"] for each in today(Journal(held), HERE)["traits"]]
    assert nexts.count("/tools/plan") == 1
    assert len(set(nexts)) == 2


@pytest.mark.parametrize(
    ("zone", "greeting"),
    [
        ("Europe/Madrid", "morning"),  # 11:20
        ("Asia/Kolkata", "afternoon"),
        ("Pacific/Auckland", "night"),
        ("Australia/Sydney", "evening"),
        ("", "any"),
        ("<b>", "any"),
    ],
)
def test_the_greeting_knows_the_time_of_day_where_the_person_is(zone: str, greeting: str) -> None:
    noon = int(datetime(2026, 11, 22, 10, 20, tzinfo=UTC).timestamp() * 1000)
    here = here_of(replace(PLACE, language="en", zone=zone, now=noon))
    assert today(Journal([TRAIT]), here)["greeting"] == EN["today"]["greetings"][greeting]


@pytest.mark.parametrize(("days", "back"), [(1, False), (4, False), (5, True), (400, True)])
def test_after_a_gap_a_person_is_welcomed_back(days: int, back: bool) -> None:
    journal = Journal([record("p", "practice", days * DAY, old_reaction=60)])
    assert today(journal, HERE)["back"] is back


def test_a_resting_trait_is_named_apart() -> None:
    resting = record("rest", "trait", name="I say yes", state="rested")
    page = today(Journal([TRAIT, resting]), HERE)
    assert [card["name"] for card in page["traits"]] == ["I go quiet"]
    assert [each["name"] for each in page["resting"]] == ["I say yes"]


def test_the_trait_that_was_logged_last_is_chosen_and_a_resting_one_is_not_offered() -> None:
    traits = [TRAIT, record("b", "trait", name="B"), record("c", "trait", name="C", state="rested")]
    held = [*traits, *MOMENTS, record("last", "practice", timedelta(), trait_id="c", old_reaction=20)]
    choices = quick_page(Journal(held), HERE)["traits"]
    assert [(each["id"], each["chosen"]) for each in choices] == [("trait", True), ("b", False)]


def test_the_full_form_begins_with_the_same_trait() -> None:
    held = [TRAIT, record("b", "trait", name="B"), *MOMENTS]
    form = practise_page(Journal(held), HERE)["form"]
    assert next(field["value"] for field in form["fields"] if field["name"] == "trait_id") == "trait"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"old_reaction": 60, "new_reaction": 20}, "old"),
        ({"old_reaction": 20}, "old"),
        ({"old_reaction": 0}, "plain"),
        ({"old_reaction": 0, "new_reaction": 0}, "plain"),
        ({"new_reaction": 20}, "new"),
        ({"old_reaction": 40, "new_reaction": 40}, "both"),
        ({"situation": "A look"}, "plain"),
    ],
)
def test_a_setback_is_honoured_when_it_is_saved(fields: dict[str, Any], says: str) -> None:
    entry = read_entry(record("p", "practice", **fields))
    assert entry
    assert saved_note(entry, replace(HERE, query={"saved": "yes"})) == EN["saved"][says]
    assert saved_note(entry, HERE) == ""


async def test_one_tap_on_the_quick_log_saves_and_can_be_undone(house: House) -> None:
    mara = await house.signed_up(MARA)
    trait = (await mara.post("/traits", data={"name": "I go quiet"}, headers=FROM_OUR_PAGE)).headers["location"]
    page = (await mara.get("/quick")).text
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    form["trait_id"] = re.search(r'name="trait_id" value="([^"]+)" checked', page)[1]  # type: ignore[index] # it is there
    assert trait.endswith(form["trait_id"])
    names = re.findall(r'name="(\w+_reaction)" value="(\d+)" aria-label="([^"]+)"', page)
    assert len(names) == 10
    assert ("old_reaction", "80", "Old reaction, strong") in names

    saved = await mara.post("/practices", data={**form, "old_reaction": "80"}, headers=FROM_OUR_PAGE)
    assert saved.status_code == 303
    entry = await mara.get(saved.headers["location"])
    assert EN["saved"]["old"] in entry.text
    undo = re.search(r'action="([^"]+/bin)"', entry.text)
    assert undo
    await mara.post(undo[1], headers=FROM_OUR_PAGE)
    assert "Old reaction" not in (await mara.get("/journal")).text


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:x"]
)
async def test_a_saved_form_never_leads_to_another_site(house: House, onward: str) -> None:
    mara = await house.signed_up(MARA)
    form = {"old_reaction": "60", "onward": onward}
    saved = await mara.post("/practices", data=form, headers=FROM_OUR_PAGE)
    assert re.fullmatch(r"/practices/[0-9a-f-]{36}", saved.headers["location"])
