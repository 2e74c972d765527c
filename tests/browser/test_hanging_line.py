"""A link that hardly moves: what is asked for neither comes nor breaks off, and the journal opens at once."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Route, expect

from tests.browser.device import Device
from tests.serving import Serving

MARA = "mara@example.org"
AT_ONCE_MS = 2000  # on a busy machine; whoever waits for the server waits for good


@contextmanager
def hanging(server: Serving) -> Iterator[None]:
    """The server takes every connection and answers none."""
    assert server.process
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)


def test_on_a_link_that_hardly_moves_the_journal_still_opens_at_once(
    server: Serving, new_device: Callable[[], Device]
) -> None:
    phone = new_device()
    phone.make_account(MARA)
    phone.is_installed()
    phone.log("Team lunch", old=60, new=20)
    phone.keeps("server")

    with hanging(server):
        phone.stop_worker()
        phone.page.set_default_timeout(AT_ONCE_MS)
        for path, title in [("/", "Today"), ("/journal", "Journal"), ("/learn", "Why this works")]:
            phone.open(path)
            phone.shows_title(title)
        phone.log("A call that I nearly missed", old=40, new=50)
        phone.keeps("waiting")
        phone.find("Team lunch")

    phone.goes_online()
    phone.keeps("server")


def test_a_newcomer_reads_and_follows_links_before_the_scripts_are_there(new_device: Callable[[], Device]) -> None:
    phone = new_device()
    late: list[Route] = []
    phone.page.route("**/*.js", lambda route: late.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    phone.page.goto(phone.url, wait_until="commit")
    expect(phone.page.get_by_role("main")).to_be_visible()
    phone.page.get_by_role("link", name="Learn", exact=True).click(no_wait_after=True)
    phone.shows_title("Why this works")
    phone.page.get_by_role("link", name="The brain changes with use").click(no_wait_after=True)
    phone.shows_title("The brain changes with use")
    assert late
