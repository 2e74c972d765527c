"""Seeing what changes: weeks of practice as pictures and numbers, and a look back that becomes the next plan."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, expect

from tests.browser.device import Device
from tests.serving import Serving

WRITE = "form => fetch('/practices', { method: 'POST', body: new URLSearchParams(form) }).then(answer => answer.url)"
LARGE = "size => { document.documentElement.style.fontSize = size }"
DAYS = [(40, 80, 20), (38, 70, 30), (36, 75, 25), (10, 30, 60), (8, 20, 80), (6, 70, 40), (4, 40, 60), (2, 20, 70)]


def test_weeks_of_practice_show_what_they_say_and_a_look_back_becomes_the_plan(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    """Lately (10 to 2 days ago) the new reaction was (60 + 80 + 40 + 60 + 70) / 5 = 62, the old 180 / 5 = 36."""
    phone = new_device()
    phone.begin("I go quiet in groups")
    trait = phone.page.url.rsplit("/", 1)[1]
    server.stop()
    assert not phone.reaches_server()
    phone.open("/rewire")
    phone.shows("No moments logged yet.")
    for ago, old, new in DAYS:
        practise(phone, trait, ago, old, new)

    phone.open("/rewire")
    phone.page.get_by_role("link", name="I go quiet in groups", exact=True).click()
    phone.shows_title("I go quiet in groups")
    phone.shows(
        "the new reaction was 62 of 100 on average. In the four weeks before it was 25. The old reaction was 36."
    )
    phone.shows("2 days later the new one was back.")
    phone.shows("Too few to say yet")
    said = table(phone)
    assert [row for row in said if "not rated" in row] == []
    assert sum(int(row.split("(")[1].split(")")[0]) for row in said) == len(DAYS)
    assert phone.page.locator("svg.curves path.setback").count() == 1
    old, new = widths(phone.page.locator(".then-now figure").nth(1))
    assert 2 <= new < old < 22  # of eight moments; the old path was there long before

    sees_whole_words_in_large_letters(phone)
    phone.page.get_by_role("link", name="All of it").click()
    expect(phone.page.locator(".ranges [aria-current]")).to_have_text("All of it")
    phone.page.get_by_role("link", name="Look back and plan").click()
    phone.shows_title("Look back: I go quiet in groups")
    phone.shows("8 moments")
    answer(phone, "What has changed?", "I speak first now and then")
    answer(phone, "What is still hard?", "Big tables")
    answer(phone, "What is one next step?", "Ask one question at lunch")
    phone.page.get_by_label("If this happens").fill("I sit down at a big table")
    phone.page.get_by_label("then I will").fill("greet the person next to me")
    phone.page.get_by_role("button", name="Save this review").click()
    phone.shows_title("I speak first now and then")
    phone.open(f"/rewire/{trait}")
    phone.shows("If I sit down at a big table, then I will greet the person next to me.")
    phone.open(f"/rewire/{trait}/review")
    phone.shows("Ask one question at lunch")
    assert not phone.complaints


def practise(phone: Device, trait: str, ago: int, old: int, new: int) -> None:
    day = datetime.now(UTC).replace(hour=10, minute=0, second=0) - timedelta(days=ago)
    form = {
        "trait_id": trait,
        "happened_at": f"{day:%Y-%m-%dT%H:%M}",
        "old_reaction": str(old),
        "new_reaction": str(new),
        "context": "friends" if ago == 2 else "",
    }
    assert "/practices/" in phone.page.evaluate(WRITE, form)


def answer(phone: Device, question: str, words: str) -> None:
    phone.page.get_by_label(question).fill(words)
    phone.page.get_by_role("button", name="Next").click()


def sees_whole_words_in_large_letters(phone: Device) -> None:
    """On 320 px with letters twice as large, a date in the table keeps the whole width; then as before."""
    phone.page.set_viewport_size({"width": 320, "height": 640})
    phone.page.evaluate(LARGE, "200%")
    first = phone.page.locator("figure:has(.curves) + details tbody tr").first
    date, rating = first.locator("th").bounding_box(), first.locator("td").first.bounding_box()
    assert date
    assert rating
    assert date["width"] > 200
    assert date["y"] + date["height"] <= rating["y"]
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 320
    phone.page.evaluate(LARGE, "")
    phone.page.set_viewport_size({"width": 390, "height": 844})


def table(phone: Device) -> list[str]:
    """The rows of the table that stands for the curves."""
    stands_for = phone.page.locator("figure:has(.curves) + details")
    stands_for.locator("summary").click()
    return stands_for.locator("tbody tr").all_inner_texts()


def widths(picture: Locator) -> tuple[int, int]:
    old, new = (picture.locator(f"path.{name}").get_attribute("stroke-width") for name in ("old", "new"))
    return int(old or 0), int(new or 0)
