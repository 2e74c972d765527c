"""Somebody forgot the PIN: the lock comes off without it, and no word goes."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.locked import START, TRAIT, begin, is_locked, later, set_lock, unlock
from tests.serving import Serving

HOUR_MS = 3_600_000
ASKED_EARLIER = """async ms => {
  const asked = indexedDB.open("unlearn")
  await new Promise(done => { asked.onsuccess = done })
  const here = asked.result.transaction("here", "readwrite").objectStore("here")
  await new Promise(done => {
    here.get("lock").onsuccess = ({ target }) => {
      const { value } = target.result
      here.put({ key: "lock", value: { ...value, asked: value.asked - ms } }).onsuccess = done
    }
  })
  asked.result.close()
}"""


def test_without_an_account_a_forgotten_pin_takes_three_days_and_no_words(new_device: Callable[[], Device]) -> None:
    phone = begin(new_device())
    later(phone, 10)
    phone.open("/journal")
    ask(phone)
    unlock(phone.page)
    phone.shows("somebody asked to take the lock off. You unlocked, so it stays on.")
    later(phone, 20)
    phone.open("/journal")
    ask(phone)
    phone.page.evaluate(ASKED_EARLIER, 71 * HOUR_MS)
    phone.open("/journal")
    expect(phone.page.get_by_role("button", name="Take the lock off")).to_have_count(0)
    phone.page.evaluate(ASKED_EARLIER, 2 * HOUR_MS)
    phone.open("/journal")
    take_off(phone)
    phone.shows("The lock is off. Your words are all here.")
    phone.find(TRAIT)


def test_a_clock_that_is_set_three_days_on_does_not_take_the_lock_off(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = begin(new_device())
    later(phone, 10)
    phone.open("/journal")
    ask(phone)
    later(phone, 73 * 60)
    phone.open("/journal")
    take_off(phone)
    phone.shows("The 3 days are not over yet.")
    is_locked(phone.page)
    server.stop()
    take_off(phone)
    phone.shows("The server can't be reached right now.")
    is_locked(phone.page)


def test_the_passphrase_of_the_account_takes_the_lock_off(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    phone.begin(TRAIT)
    phone.make_account("mara@example.org")
    phone.keeps("server")
    phone.lives_at(START)
    set_lock(phone)
    later(phone, 10)
    phone.open("/journal")
    for passphrase, said in (
        ("not the one that it is", "That is not the passphrase of this account."),
        ("a lighthouse in the fog", "The lock is off. Your words are all here."),
    ):
        is_locked(phone.page)
        phone.page.locator("summary", has_text="I forgot my PIN").click()
        phone.page.get_by_label("Passphrase").fill(passphrase)
        phone.page.get_by_role("button", name="Take the lock off").click()
        phone.shows(said)
    phone.find(TRAIT)


def ask(phone: Device) -> None:
    phone.page.locator("summary", has_text="I forgot my PIN").click()
    phone.page.get_by_role("button", name="Ask to take the lock off").click()
    phone.shows("Somebody asked to take the lock off.")


def take_off(phone: Device) -> None:
    phone.page.locator("summary", has_text="I forgot my PIN").click()
    phone.page.get_by_role("button", name="Take the lock off").click()
