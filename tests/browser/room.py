"""A browser with no room for words, or none that it may use, made so from outside: nothing in the page is put in its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage, which

from playwright.sync_api import Browser

from tests.browser.conftest import HOME, LAUNCH, PHONE, QUIET
from tests.browser.device import Device
from tests.crash.disks import Disk, mounted

SMALL = 2_000_000  # bytes for all that the site keeps
FILL = """async () => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("unlearn-"))
  const opened = await new Promise(done => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
  const fits = (path, size) => new Promise(done => {
    const noise = Uint8Array.from({ length: size }, () => 256 * Math.random()) // anything regular is compressed
    const change = opened.transaction("drafts", "readwrite")
    change.objectStore("drafts").put({ path, fields: [], noise })
    change.oncomplete = () => done(true)
    change.onabort = () => done(false)
  })
  let at = 0
  for (let size = 262144; size > 16; size /= 2) while (await fits(`/noise/${at++}`, size)) {}
  opened.close()
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


def allow_little(device: Device) -> None:
    """Give the site a small quota, before it keeps anything: Chromium remembers for a while how much room there was."""
    debugger = device.context.new_cdp_session(device.page)  # the quota holds as long as the session
    debugger.send("Storage.overrideQuotaForOrigin", {"origin": device.url, "quotaSize": SMALL})


def fill(device: Device) -> None:
    """Use the quota up, to the last few bytes."""
    device.page.evaluate(FILL)


def make_room(device: Device) -> None:
    device.page.evaluate(EMPTY)


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
        assert device.complaints == []

    def block(self, device: Device) -> None:
        """Throw the site's databases away, and leave something in their place that can't be opened."""
        evict(device)
        self._place(device).write_text("not a folder")

    def unblock(self, device: Device) -> None:
        self._place(device).unlink()

    @contextmanager
    def on_small_disk(self) -> Iterator[Disk]:
        with mounted(self.databases, 4_000_000, 0) as disk:
            yield disk

    def fill_disk(self) -> None:
        (self.databases / "ballast").write_bytes(bytes(disk_usage(self.databases).free))

    def make_room(self) -> None:
        (self.databases / "ballast").unlink()

    def _place(self, device: Device) -> Path:
        return self.databases / f"{device.url.replace('://', '_').replace(':', '_')}.indexeddb.leveldb"
