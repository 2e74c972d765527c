"""A person's device: a browser of its own, used with a finger."""

from contextlib import suppress
from datetime import datetime

from playwright.sync_api import BrowserContext, Error, Page, expect

from server.keys import key_for, new_kdf, to_text

PASSPHRASE = "a lighthouse in the fog"
KEY_MS = 20_000  # until a passphrase has opened an account: made into a key, hashed, and the journal fetched
# A refused form, a server that is stopped, a worker that the test itself blocks.
NO_MISTAKES = (
    "Failed to load resource",
    "htmx: htmx:error: Failed to fetch",
    "Service Worker registration blocked by Playwright",
)
DRAFTS_HOLD = """async words => {
  const drafted = async () => {
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith("unlearn-")) continue
    const opened = await new Promise(done => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
    const drafts = await new Promise(done => {
      const asked = opened.transaction("drafts").objectStore("drafts").getAll()
      asked.onsuccess = () => done(asked.result)
    })
    opened.close()
    if (JSON.stringify(drafts).includes(words)) return true
  }
  return false
  }
  while (!(await drafted())) await new Promise(requestAnimationFrame)
}"""


class Device:
    """One browser profile with one page open on the app. `complaints` holds what a console should never say."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.complaints: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Another tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self._hear(said.type, said.text))
        return page

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def is_installed(self) -> None:
        """Wait until the worker answers this page."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def until(self, condition: str) -> None:
        """Wait until this holds on the page; Playwright's wait_for_function takes an eval, which our pages forbid."""
        self.page.evaluate(f"async () => {{ while (!({condition})) await new Promise(requestAnimationFrame) }}")

    def start_now(self) -> None:
        self.open("/")
        self.page.get_by_role("link", name="Start now").click()
        self.shows_title("Your first trait")

    def begin(self, trait: str) -> None:
        """Start without an account, on a device whose worker answers, with a trait to practise."""
        self.start_now()
        self.is_installed()
        self.name_trait(trait)

    def name_trait(self, name: str) -> None:
        self.open("/notice")
        self.page.get_by_label("What do you call it?").fill(name)
        self.page.get_by_role("button", name="Save this trait").click()
        self.shows_title(name)

    def log(self, situation: str, trait: str = "", old: int | None = None, new: int | None = None) -> None:
        """Log a practice entry; its page is open after."""
        self.open("/practise")
        if trait:
            self.page.get_by_label(trait, exact=True).check()
        if old is not None:
            self.page.get_by_role("textbox", name="How strong was the old reaction?").fill(str(old))
        if new is not None:
            self.page.get_by_role("textbox", name="How strong was the new reaction?").fill(str(new))
        self.unfold("What happened")
        self.page.get_by_label("What was going on?").fill(situation)
        self.page.get_by_role("button", name="Save this moment").click()
        self.shows_title(situation)

    def unfold(self, section: str) -> None:
        """Open a part of a form that is folded away."""
        self.page.locator("summary", has_text=section).click()

    def edit(self, entry: str, **typed: str) -> None:
        """Change fields of the entry that the journal lists under this title, by their labels."""
        self.find(entry)
        self.page.get_by_role("link", name="Edit").click()
        self.shows_title("Edit")
        folded = self.page.locator("details.rest:not([open]) > summary")
        while folded.count():
            folded.first.click()
        for name, value in typed.items():
            self.page.locator(f"[name={name}]:not([type=hidden])").fill(value)
        self.page.get_by_role("button", name="Save").click()
        expect(self.page.locator("h1")).not_to_have_text("Edit")

    def find(self, entry: str) -> None:
        """Open an entry from the journal."""
        self.open("/journal")
        self.page.get_by_role("main").get_by_role("link", name=entry).first.click()
        self.shows_title(entry)

    def make_account(self, email: str) -> None:
        self.open("/you")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Passphrase").fill(PASSPHRASE)
        self.page.get_by_role("button", name="Make my account").click()
        expect(self.page.locator("h1")).to_have_text("Your recovery key", timeout=KEY_MS)
        self.open("/you")
        expect(self.page.get_by_text("Signed in as")).to_be_visible()

    def has_account(self, email: str) -> None:
        """Be signed in to a new account, in a browser that runs no script and so could not make its key."""
        kdf = new_kdf()
        form: dict[str, str | float | bool] = {"email": email, "key": to_text(key_for(PASSPHRASE, kdf)), "kdf": kdf}
        made = self.context.request.post(f"{self.url}/accounts", form=form, headers={"Origin": self.url})
        assert made.ok

    def sign_in(self, email: str) -> None:
        self.send_passphrase(email)
        expect(self.page.locator("h1")).to_have_text("Journal", timeout=KEY_MS)

    def send_passphrase(self, email: str) -> None:
        """Try to sign in, wherever that leads; to the journal if nothing comes between."""
        self.open("/sign-in?next=/journal")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Passphrase").fill(PASSPHRASE)
        self.page.get_by_role("button", name="Sign in").click()

    def sign_out(self) -> None:
        self.open("/you")
        self.page.get_by_role("button", name="Sign out").click()
        self.shows_title("Learn to unlearn")

    def shows_title(self, title: str) -> None:
        expect(self.page.locator("h1")).to_have_text(title)

    def shows(self, text: str) -> None:
        expect(self.page.get_by_role("main").get_by_text(text).filter(visible=True).first).to_be_visible()

    def shows_not(self, text: str) -> None:
        expect(self.page.get_by_role("main").get_by_text(text)).to_have_count(0)

    def keeps(self, state: str) -> None:
        """Wait until the page says where words are: device, waiting, server or signed_out."""
        expect(self.page.locator("#keeping")).to_have_attribute("data-state", state)

    def has_drafted(self, words: str) -> None:
        """Wait until half-typed words are written down on the device."""
        self.page.evaluate(DRAFTS_HOLD, words)

    def crashes(self) -> None:
        """The page dies without a word, as on a phone short of memory; the person opens another."""
        with suppress(Error):
            self.page.goto("chrome://crash")
        self.page.close()
        self.page = self.new_page()

    def goes_online(self) -> None:
        """What a phone tells its pages when the signal is back."""
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def reaches_server(self) -> bool:
        """Whether an address that no worker answers can be had: offline, it must fail, or a test proves nothing."""
        return bool(self.page.evaluate("fetch('/health').then(answer => answer.ok, () => false)"))

    def lives_at(self, moment: datetime) -> None:
        """Set the clock of the worker that answers this page."""
        worker = self.context.service_workers[-1]
        worker.evaluate("ms => { Date.now = () => ms }", int(moment.timestamp() * 1000))

    def stop_worker(self) -> None:
        """What a phone does to a worker that it has not needed for a while."""
        debugger = self.context.new_cdp_session(self.page)
        debugger.send("ServiceWorker.enable")
        debugger.send("ServiceWorker.stopAllWorkers")
        debugger.detach()

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(NO_MISTAKES):
            self.complaints.append(text)
