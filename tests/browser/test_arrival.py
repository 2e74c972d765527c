"""A big journal comes to a new device: the page says how much of it is here, quietly, and stops when all is."""

import json
from collections.abc import Callable

from tests.browser.device import PASSPHRASE, Device
from tests.serving import Serving

MARA = "mara@example.org"
ENTRIES = 3_500  # four answers
# What the page said, wherever it went meanwhile.
LISTEN = """() => {
  const heard = (name, text) => {
    const said = JSON.parse(sessionStorage.getItem(name) ?? "[]")
    if (text && said.at(-1) !== text) sessionStorage.setItem(name, JSON.stringify([...said, text]))
  }
  new MutationObserver(() => {
    const line = document.getElementById("arriving")
    if (line) heard("shown", line.hidden ? "gone" : line.textContent)
    heard("read out", document.getElementById("live")?.textContent)
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
}"""


def test_a_big_journal_says_how_much_of_it_is_here(new_device: Callable[..., Device], server: Serving) -> None:
    server.stop()
    server.run("account", "add", MARA, typed=PASSPHRASE)
    server.run("demo", MARA, "--entries", str(ENTRIES))
    server.start()
    device = new_device()
    device.open("/")
    device.is_installed()
    device.page.add_init_script(f"({LISTEN})()")

    device.sign_in(MARA)
    device.shows("3,500 entries")

    shown, read_out = (
        json.loads(device.page.evaluate(f"sessionStorage.getItem({name!r})")) for name in ("shown", "read out")
    )
    steps = [said.partition(" so far")[0] for said in shown]  # a share follows once a page has heard how much there is
    assert steps == ["gone", *(f"Bringing your journal here: {n},000 entries" for n in (1, 2, 3)), "gone"]
    assert [said for said in read_out if "Bringing" in said] == shown[1:2]
