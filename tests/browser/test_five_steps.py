"""Six weeks of one person, half of them without a signal: from the first visit to numbers that say what they logged."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.browser.device import Device
from tests.serving import Serving

MARA = "mara@example.org"
TRAIT = "I put everyone else first"
TOOL = "Ask for a minute"
MONDAY = datetime(2026, 10, 5, 9, tzinfo=ZoneInfo("Europe/Madrid"))
LAST = 41  # the day, from the first on, on which she looks back


class Moment(NamedTuple):
    """What she logs: the day from the first on, the hour, both reactions, and with the tool distress before and after."""

    day: int
    hour: int
    old: int
    new: int
    tool: tuple[int, int] | None = None


ONLINE = [Moment(1, 10, 80, 10), Moment(3, 19, 70, 20)]
OFFLINE = [
    Moment(8, 10, 75, 30, (70, 55)),
    Moment(10, 13, 60, 35, (65, 40)),
    Moment(12, 20, 40, 55, (80, 50)),
    Moment(17, 10, 35, 60, (60, 35)),
    Moment(24, 19, 85, 25),  # a setback
    Moment(27, 10, 30, 65, (55, 20)),
]
LATER = [Moment(33, 11, 25, 70), Moment(38, 20, 20, 80), Moment(40, 9, 15, 85)]
EVERYTHING = [*ONLINE, *OFFLINE, *LATER]


def test_six_weeks_of_the_five_steps_half_of_them_offline(server: Serving, new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.open("/")
    phone.is_installed()
    phone.lives_at(on(0))
    notice(phone)
    for moment in ONLINE:
        practise(phone, moment)

    server.stop()
    assert not phone.reaches_server()
    phone.lives_at(on(5))
    explore(phone)
    equip(phone)
    for moment in OFFLINE:
        practise(phone, moment)
    phone.stop_worker()
    phone.open("/journal")
    phone.keeps("device")

    server.start()
    phone.lives_at(on(28))
    phone.make_account(MARA)
    phone.keeps("server")
    for moment in LATER:
        practise(phone, moment)
    phone.lives_at(on(LAST))
    says_what_was_logged(phone)
    review(phone)

    phone.open("/")
    phone.shows("somebody asks me for a favour by message")
    phone.goes_online()
    phone.keeps("server")
    laptop = new_device()
    laptop.sign_in(MARA)
    laptop.is_installed()
    laptop.lives_at(on(LAST))
    says_what_was_logged(laptop)


def notice(phone: Device) -> None:
    """Step 1: the first trait, out of an example that she makes her own."""
    page = phone.page
    phone.open("/")
    page.get_by_role("link", name="Start now").click()
    phone.shows_title("Your first trait")
    page.get_by_text("Show me an example").click()
    page.locator("[data-whole]", has_text="Putting others first").click()
    for _ in range(4):
        page.get_by_role("button", name="Next").click()
    page.get_by_label("What does it cost you now?").fill("Evenings, and my own plans.")
    page.get_by_role("button", name="Save this trait").click()
    phone.shows_title(TRAIT)
    phone.shows("Evenings, and my own plans.")


def explore(phone: Device) -> None:
    """Step 2: the lesson behind it, one question a screen, with a pause in between."""
    page = phone.page
    phone.open("/explore")
    phone.shows("Evenings, and my own plans.")
    page.get_by_label("What happened?").fill("Being no trouble made everybody happy at home.")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("When …").fill("somebody needs something")
    page.get_by_label("… then …").fill("they are hurt if I have needs too")
    page.get_by_label("… so I …").fill("say yes at once")
    page.get_by_role("button", name="Pause and ground yourself").click()
    page.get_by_role("button", name="Back to where I was").click()
    expect(page.get_by_label("When …")).to_have_value("somebody needs something")
    for _ in range(3):
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Save this lesson").click()
    phone.shows("they are hurt if I have needs too")


def equip(phone: Device) -> None:
    """Step 3: a tool of the library, a plan for it, said back once."""
    page = phone.page
    phone.open("/equip")
    page.get_by_role("link", name=TOOL).click()
    page.get_by_role("button", name="Add to my tools").click()
    page.get_by_role("link", name="Make a plan").click()
    page.get_by_label("If this happens …").fill("somebody asks me for a favour")
    page.get_by_label("… then I will …").fill("say that I will answer tomorrow")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="I said it out loud").click()
    phone.shows("Last rehearsed")


def practise(phone: Device, moment: Moment) -> None:
    """Step 4: one moment at its own time."""
    page = phone.page
    phone.lives_at(on(moment.day, moment.hour))
    phone.open("/practise")
    page.get_by_label(TRAIT, exact=True).check()
    page.get_by_role("textbox", name="How strong was the old reaction?").fill(str(moment.old))
    page.get_by_role("textbox", name="How strong was the new reaction?").fill(str(moment.new))
    phone.unfold("What happened")
    page.get_by_label("At home", exact=True).check()
    page.get_by_label("What was going on?").fill(f"A favour on day {moment.day}")
    if moment.tool:
        phone.unfold("Tools and distress")
        page.get_by_label(TOOL, exact=True).check()
        for when, distress in zip(("before", "after"), moment.tool, strict=True):
            page.get_by_role("textbox", name=f"Distress {when}").fill(str(distress))
    page.get_by_role("button", name="Save this moment").click()
    phone.shows_title(f"A favour on day {moment.day}")


def says_what_was_logged(device: Device) -> None:
    """Step 5: every number that Rewire shows is the one that can be worked out from what was logged."""
    page = device.page
    device.open("/rewire")
    page.get_by_role("link", name=TRAIT, exact=True).click()
    device.shows_title(TRAIT)

    weeks = page.locator("figure:has(.curves) + details tbody tr")
    assert [cells(row) for row in weeks.all() if cells(row) != ["not rated"] * 2] == [
        [told([each.old for each in week]), told([each.new for each in week])] for week in by_week() if week
    ]
    used = [each.tool for each in EVERYTHING if each.tool]
    before, after = (mean([pair[side] for pair in used]) for side in (0, 1))
    device.shows(f"from {before} to {after} on average, {len(used)} moments")
    device.shows("29 October 2026: the old reaction was stronger.")
    device.shows("3 days later the new one was back.")
    assert cells(page.get_by_role("row", name="At home")) == [
        told([each.old for each in EVERYTHING]),
        told([each.new for each in EVERYTHING]),
    ]
    practised = page.locator("figure:has(.days) + details tbody tr")
    assert practised.count() == len({each.day for each in EVERYTHING})


def review(phone: Device) -> None:
    """Looking back, and the plan that comes of it."""
    page = phone.page
    page.get_by_role("link", name="Look back and plan").click()
    page.get_by_label("What has changed?").fill("I ask for a minute before I answer.")
    advance(phone, "What is still hard?").fill("Messages from family.")
    advance(phone, "What is one next step?").fill("Answer the next message in the evening.")
    advance(phone, "If this happens …").fill("somebody asks me for a favour by message")
    page.get_by_label("… then I will …").fill("put the phone down until dinner")
    page.get_by_role("button", name="Save this review").click()
    phone.shows("Messages from family.")


def advance(phone: Device, question: str) -> Locator:
    """Go to the next screen until the question is there."""
    asked = phone.page.get_by_label(question)
    while not asked.is_visible():
        phone.page.get_by_role("button", name="Next").click()
    return asked


def by_week() -> list[list[Moment]]:
    """The weeks that end with the last day."""
    weeks: list[list[Moment]] = [[] for _ in range(12)]
    for each in EVERYTHING:
        weeks[11 - (LAST - each.day) // 7].append(each)
    return weeks


def mean(numbers: list[int]) -> int:
    return int(sum(numbers) / len(numbers) + 0.5)


def told(numbers: list[int]) -> str:
    return f"{mean(numbers)} ({len(numbers)})"


def cells(row: Locator) -> list[str]:
    return [text.strip() for text in row.locator("td").all_text_contents()]


def on(day: int, hour: int = 9) -> datetime:
    return (MONDAY + timedelta(days=day)).replace(hour=hour).astimezone(UTC)
