"""A browser with no room for words, or none that it may use, made so from outside: nothing in the page is put in its place."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which

from playwright.sync_api import Browser

from tests.browser.conftest import HOME, LAUNCH, PHONE, QUIET
from tests.browser.device import Device

SMALL = 2_000_000  # bytes for all that the site keeps
FILL = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("unlearn-"))
  const asked = indexedDB.open(name)
  const opened = await new Promise(done => { asked.onsuccess = () => done(asked.result); asked.onerror = () => done(null) })
  const fits = (path, size) => new Promise((done, closed) => {
    opened.onclose = closed
    const noise = Uint8Array.from({ length: size }, () => 256 * Math.random()) // anything regular is compressed
    const change = opened.transaction("drafts", "readwrite")
    change.objectStore("drafts").put({ path, fields: [], noise })
    change.oncomplete = () => done(true)
    change.onabort = () => done(false)
  })
  let at = 0
  for (let size = 262144; size > 16; size /= 2) while (await fits(`/noise/${at++}`, size).catch(() => false)) {}
  opened?.close()
}"""
EMPTY = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("unlearn-"))
  const opened = await new Promise(done => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
  await new Promise(done => {
    const change = opened.transaction("drafts", "readwrite")
    change.objectStore("drafts").delete(IDBKeyRange.bound("/noise/", "/noise0"))
    change.oncomplete = done
  })
  opened.close()
}"""


class Quota:
    """What the site may keep, little from before its first visit on: Chromium remembers for a while how much room there was."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._debugger = device.context.new_cdp_session(device.page)  # the quota holds as long as this
        self._allow(SMALL)

    def fill(self) -> None:
        """Use it up, and take back what databases give up when they tidy."""
        self._device.page.evaluate(FILL)
        self._allow(1)

    def make_room(self) -> None:
        self._allow(2 * SMALL)
        self._device.page.evaluate(EMPTY)

    def _allow(self, size: int) -> None:
        self._debugger.send("Storage.overrideQuotaForOrigin", {"origin": self._device.url, "quotaSize": size})


def evict(device: Device) -> None:
    """What a browser does that needs room: the site's databases are gone, under open pages too."""
    debugger = device.context.new_cdp_session(device.page)
    debugger.send("Storage.clearDataForOrigin", {"origin": device.url, "storageTypes": "indexeddb"})
    debugger.detach()


class Profile:
    """A browser whose databases are files in a folder of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.databases = folder / "Default" / "IndexedDB"
        self.databases.mkdir(parents=True)

    @contextmanager
    def open(self, browser: Browser, url: str) -> Iterator[Device]:
        context = browser.browser_type.launch_persistent_context(
            self.folder, executable_path=which("chromium"), args=[*LAUNCH, *QUIET], **HOME, **PHONE
        )
        device = Device(context, url)
        yield device
        context.close()
        assert device.complaints == [], device.complaints

    def block(self, device: Device) -> None:
        """Throw the site's databases away, and leave something in their place that can't be opened."""
        while not self._place(device).is_file():
            evict(device)
            with suppress(IsADirectoryError):  # the app opened them anew in between
                self._place(device).write_text("not a folder")

    def unblock(self, device: Device) -> None:
        self._place(device).unlink()

    def _place(self, device: Device) -> Path:
        return self.databases / f"{device.url.replace('://', '_').replace(':', '_')}.indexeddb.leveldb"
