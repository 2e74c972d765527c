"""Somebody else picks the phone up: the words are behind a PIN, all of them, and all of them are there after it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.locked import PIN, TRAIT, WORDS, begin, is_locked, later, set_lock, unlock
from tests.serving import Serving


def test_a_phone_laid_down_for_five_minutes_shows_a_lock_and_the_words_after_it(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = begin(new_device())
    server.stop()
    later(phone, 4)
    phone.find(TRAIT)
    later(phone, 8)
    phone.open("/journal?q=quiet")
    phone.shows_title("Journal")
    later(phone, 14)
    phone.open("/journal?q=quiet")
    is_locked(phone.page)
    unlock(phone.page)
    phone.shows_title("Journal")
    phone.shows(TRAIT)
    assert phone.page.url.endswith("/journal?q=quiet")


def test_a_clock_that_was_set_back_does_not_hold_the_lock_up(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    later(phone, -60)
    phone.open("/")
    is_locked(phone.page)


def test_wrong_pins_wait_ever_longer_and_delete_nothing(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    phone.page.get_by_role("link", name="Hide").click()
    phone.shows_title("Kitchen measures")
    phone.open("/")
    for _ in range(3):
        unlock(phone.page, "0000")
        expect(phone.page.get_by_role("alert")).to_have_text("That is not the PIN.")
    unlock(phone.page, "0000")
    phone.shows("The next try is in 30 seconds.")
    unlock(phone.page)
    expect(phone.page.get_by_role("alert")).to_contain_text("That PIN was not tried. The next try is in")
    is_locked(phone.page)
    phone.stop_worker()
    phone.open("/learn")
    later(phone, 0.1)  # a new life of the worker has no clock of the test's
    phone.open("/journal")
    is_locked(phone.page)
    phone.shows("The next try is in 24 seconds.")
    later(phone, 1)
    unlock(phone.page)
    phone.shows(TRAIT)


def test_half_typed_words_survive_the_lock_and_every_tab_has_it(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    phone.open("/practise")
    phone.unfold("What happened")
    phone.page.get_by_label("What was going on?").fill(WORDS)
    other = phone.new_page()
    other.goto(f"{phone.url}/journal")
    expect(other.locator("h1")).to_have_text("Journal")
    later(phone, 10)
    other.reload()
    is_locked(other)
    is_locked(phone.page)
    unlock(phone.page)
    expect(phone.page.get_by_label("What was going on?")).to_have_value(WORDS)
    expect(other.locator("h1")).to_have_text("Journal")


def test_a_form_that_is_sent_with_the_lock_on_is_kept(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    phone.open("/practise")
    phone.page.get_by_role("textbox", name="How strong was the old reaction?").fill("40")
    phone.unfold("What happened")
    phone.page.get_by_label("What was going on?").fill(WORDS)
    later(phone, 10)
    phone.page.get_by_role("button", name="Save this moment").click()
    is_locked(phone.page)
    unlock(phone.page)
    phone.shows_title(WORDS)


def test_an_open_page_locks_by_itself(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.page.clock.install()
    begin(phone)
    phone.find(TRAIT)
    later(phone, 6)
    phone.page.clock.fast_forward("05:01")
    is_locked(phone.page)


def test_a_page_that_slept_with_its_laptop_locks_when_it_wakes(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.page.clock.install()
    begin(phone)
    phone.find(TRAIT)
    later(phone, 180)
    phone.page.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=180))
    phone.page.clock.run_for(10_000)
    is_locked(phone.page)


def test_with_a_lock_the_browsers_history_names_no_entry(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    phone.find(TRAIT)
    expect(phone.page).to_have_title("Trait · Unlearn")


def test_no_browser_keeps_the_pin_or_fills_in_what_takes_the_lock_off(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.start_now()
    phone.is_installed()
    phone.make_account("mara@example.org")
    set_lock(phone)
    unkept = phone.page.locator("input[type=password][autocomplete=one-time-code]")  # which no password manager keeps
    expect(unkept).to_have_count(3)
    phone.open("/measures")
    phone.open("/journal")
    expect(unkept).to_have_count(2)
    expect(phone.page.locator("input[type=password]")).to_have_count(2)


def test_help_is_never_locked(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    later(phone, 10)
    phone.open("/")
    is_locked(phone.page)
    phone.page.get_by_role("link", name="Need help now?").first.click()
    phone.shows_title("Help now")
    expect(phone.page.locator(".lifelines a").first).to_be_visible()
    phone.shows("Your safety plan is behind the lock.")
    phone.open("/learn")
    phone.shows_title("Why this works")


def test_nobody_signs_out_or_in_past_the_lock(server: Serving, new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    phone.open("/you")
    later(phone, 10)
    phone.page.get_by_label("Email").fill("teo@example.org")
    phone.page.get_by_label("Passphrase").fill("a lighthouse in the fog")
    phone.page.get_by_role("button", name="Make my account").click()
    is_locked(phone.page)
    unlock(phone.page)
    phone.shows_title("You")
    phone.keeps("device")


def test_a_hard_reload_does_not_walk_around_the_lock(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.begin(TRAIT)
    phone.make_account("mara@example.org")
    phone.keeps("server")
    with phone.context.expect_event("response", lambda told: told.url.endswith("/session/lock")):
        set_lock(phone)
    phone.open("/journal")
    phone.shows(TRAIT)
    phone.context.route("**/worker.js", lambda route: route.abort())
    bare = phone.context.new_cdp_session(phone.page)
    bare.send("Network.enable")
    bare.send("Network.setBypassServiceWorker", {"bypass": True})
    phone.page.reload()
    is_locked(phone.page)
    unlock(phone.page, "0000")
    is_locked(phone.page)
    unlock(phone.page)
    phone.shows(TRAIT)
    bare.send("Network.setBypassServiceWorker", {"bypass": False})
    phone.page.get_by_role("link", name="Hide").click()
    phone.shows_title("Kitchen measures")
    bare.send("Network.setBypassServiceWorker", {"bypass": True})
    phone.open("/journal")
    is_locked(phone.page)


def test_a_lock_that_falls_at_once_falls_when_the_app_is_left(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device(), "At once when I leave")
    phone.find(TRAIT)
    phone.page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true })
      document.dispatchEvent(new Event("visibilitychange"))
    }""")
    expect(phone.page.locator("h1")).not_to_be_visible()
    phone.page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: false, configurable: true })
      document.dispatchEvent(new Event("visibilitychange"))
    }""")
    is_locked(phone.page)
    unlock(phone.page)
    phone.shows_title(TRAIT)
    phone.page.close()
    phone.page = phone.new_page()
    phone.open("/journal")
    is_locked(phone.page)


def test_only_the_pin_changes_the_lock_or_takes_it_off(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    phone.page.get_by_label("Your PIN now").fill("0000")
    phone.page.get_by_role("button", name="Take the lock off").click()
    expect(phone.page.get_by_label("Your PIN now")).to_have_accessible_description("That is not the PIN.")
    phone.page.get_by_label("Your PIN now").fill(PIN)
    phone.page.get_by_role("button", name="Take the lock off").click()
    phone.shows("The lock is off.")
    later(phone, 100)
    phone.open("/journal")
    phone.shows(TRAIT)
