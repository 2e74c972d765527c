"""Step 3, Equip: a tool is taken, planned and rehearsed without a signal, and a guide goes at its own pace."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.device import Device
from tests.serving import Serving

FINE = {"viewport": {"width": 1280, "height": 900}, "is_mobile": False, "has_touch": False, "device_scale_factor": 1}
NO_MOTION = {"reduced_motion": "reduce"}
SAYS_SOUND = """() => {
  window.sounds = 0
  const Real = window.OscillatorNode
  window.OscillatorNode = class extends Real { constructor(...all) { super(...all); window.sounds += 1 } }
}"""


def test_a_tool_is_taken_planned_and_rehearsed_with_the_server_gone(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    server.stop()
    assert not phone.reaches_server()

    phone.open("/equip")
    page = phone.page
    page.get_by_role("link", name="Ask for a minute").click()
    phone.shows_title("Ask for a minute")
    phone.shows("Gross 2015")
    page.get_by_role("button", name="Add to my tools").click()
    page.get_by_role("link", name="Make a plan").click()
    page.get_by_label("If this happens …").fill("if a friend asks for a favour")
    page.get_by_label("… then I will …").fill("say that I will think about it")
    page.get_by_label("What could get in the way?").fill("I feel rude")
    page.get_by_label("What will you do then?").fill("remember that it is only a minute")
    page.get_by_role("button", name="Save").click()

    phone.shows("if a friend asks for a favour")
    phone.shows("remember that it is only a minute")
    phone.shows_not("Last rehearsed")
    page.get_by_label("Say your plan back, in your own words").fill("favour? later!")
    page.get_by_role("button", name="I typed it").click()
    phone.shows("Last rehearsed")
    expect(page.get_by_text("favour? later!")).to_have_count(0)

    phone.open("/equip")
    mine = page.locator(".tool")
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text("say that I will think about it")
    expect(mine).to_contain_text("Last rehearsed")
    page.locator(".shelf").get_by_role("link", name="Ask for a minute").click()
    expect(page.get_by_role("button", name="Add to my tools")).to_have_count(0)
    page.get_by_role("link", name="Open it in your tools").click()
    phone.shows("if a friend asks for a favour")

    phone.open("/practices/new")
    offered = page.get_by_text("say that I will think about it")
    situation = page.get_by_label("What was going on?")
    page.locator("details", has=situation).locator("summary").click()
    situation.fill("My neighbour wants a FAVOUR")
    expect(offered).to_be_visible()
    situation.fill("Team lunch")
    expect(offered).to_have_count(0)
    expect(situation).to_have_value("Team lunch")
    expect(situation).to_be_focused()


def test_a_library_page_that_was_open_twice_leads_to_the_one_tool(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    phone.open("/library/worry_time")
    other = phone.new_page()
    other.goto(f"{phone.url}/library/worry_time")
    for page in (phone.page, other):
        page.get_by_role("button", name="Add to my tools").click()
        expect(page.get_by_role("link", name="Make a plan")).to_be_visible()
    assert phone.page.url == other.url
    phone.open("/equip")
    expect(phone.page.locator(".tool")).to_have_count(1)


def test_a_newcomer_reads_the_library_and_takes_a_tool_without_an_account(new_device: Callable[..., Device]) -> None:
    phone = new_device()
    phone.open("/library/kind_self_talk")
    phone.shows("You need no account.")
    phone.page.get_by_role("link", name="Add to my tools").click()
    phone.page.get_by_role("button", name="Add to my tools").click()
    expect(phone.page.get_by_role("link", name="Make a plan")).to_be_visible()
    phone.keeps("device")


def test_without_a_script_the_guides_are_plain_steps(new_device: Callable[..., Device]) -> None:
    old_phone = new_device(java_script_enabled=False)
    old_phone.open("/library/paced_breathing")
    old_phone.shows("Breathe out slowly while you count to 6.")
    old_phone.open("/library/five_senses")
    old_phone.shows("Name 4 things you can feel on your skin.")
    expect(old_phone.page.get_by_role("main").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("kind", [{}, NO_MOTION], ids=["motion", "no motion"])
def test_a_breath_is_counted_and_moves_only_where_motion_is_wanted(
    new_device: Callable[..., Device], kind: dict[str, str]
) -> None:
    phone = new_device(**kind)
    page = breathing(phone)
    expect(page.get_by_label("Soft sound")).not_to_be_checked()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()

    seen = []
    for _ in range(10):
        seen.append(shown(page))
        page.clock.run_for(1000)
    assert [(part, second) for part, second, _ in seen] == [
        *(("Breathe in", str(n)) for n in range(1, 5)),
        *(("Breathe out", str(n)) for n in range(1, 7)),
    ]
    radii = [radius for _, _, radius in seen]
    if kind:
        assert len(set(radii)) == 1
    else:
        assert radii[:5] == sorted(set(radii[:5]))
        assert radii[4:] == sorted(set(radii[4:]), reverse=True)
    expect(page.locator("[data-shows=round]")).to_have_text("Breath 2 of 12")

    page.get_by_role("button", name="Pause").click()
    before = shown(page)
    page.clock.run_for(60_000)
    assert shown(page) == before
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(111_000)
    phone.shows("That is it. Notice how your body feels now.")
    assert page.evaluate("window.sounds") == 0


def test_a_breath_keeps_the_pace_and_makes_the_sound_that_somebody_asks_for(new_device: Callable[..., Device]) -> None:
    page = breathing(new_device())
    page.get_by_text("Change the pace").click()
    page.get_by_label("Breathe in, seconds").fill("2")
    page.get_by_label("Breathe out, seconds").fill("3")
    page.get_by_label("How long, minutes").fill("1")
    page.get_by_label("Soft sound").check()
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-shows=round]")).to_have_text("Breath 1 of 12")
    page.clock.run_for(5100)
    assert page.evaluate("window.sounds") == 3
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    page.clock.run_for(10_000)
    assert page.evaluate("window.sounds") == 3


def test_the_senses_come_one_at_a_time_by_themselves_or_by_hand(
    server: Serving, new_device: Callable[..., Device]
) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    server.stop()
    phone.page.clock.install()
    phone.open("/library/five_senses#guide")
    page = phone.page
    page.get_by_role("button", name="Start", exact=True).click()
    sense = page.locator("[data-sense]:visible")
    expect(sense).to_have_text("Name 5 things you can see.")
    page.clock.run_for(12_100)
    expect(page.locator(".noticed")).to_have_count(2)
    page.get_by_role("button", name="Next one").click()
    expect(sense).to_have_text("Name 4 things you can feel on your skin.")
    expect(page.locator("[data-live]")).to_have_text("Name 4 things you can feel on your skin.")
    page.clock.run_for(25_000)
    expect(sense).to_have_text("Name 3 things you can hear.")
    page.get_by_role("button", name="One back").click()
    expect(sense).to_have_text("Name 4 things you can feel on your skin.")
    for _ in range(4):
        page.get_by_role("button", name="Next one").click()
    phone.shows("That is it. You are here, in this moment.")


def breathing(phone: Device) -> Page:
    phone.page.clock.install()
    phone.page.add_init_script(f"({SAYS_SOUND})()")
    phone.open("/library/paced_breathing#guide")
    return phone.page


def shown(page: Page) -> tuple[str, str, float]:
    """What is to be done, the second of it, and how wide the picture is."""
    page.clock.run_for(0)
    part, second = (page.locator(f"[data-shows={name}]").inner_text() for name in ("part", "second"))
    return part, second, float(page.locator("[data-air]").get_attribute("r") or 0)
