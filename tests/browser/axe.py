"""What axe-core finds on a page that would keep somebody out of it."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async tags => {
  const options = { runOnly: tags, resultTypes: ["violations"], preload: { assets: ["media"] } } // no rule of these reads style sheets
  const { violations } = await axe.run(document, options)
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any, all, none }) =>
    `${id} at ${target.join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join("; ") || help}`))
}"""
END_LISTS = "document.querySelectorAll('.older').forEach(each => { each.hidden = true })"  # in sight, they go on
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"


def findings(page: Page) -> list[str]:
    """Each element that breaks a rule, with what is wrong with it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{SCRIPT.read_text()};0")
    found: list[str] = page.evaluate(LOOK, RULES)
    return found


def unfold(page: Page) -> None:
    """Open all that is folded away."""
    page.evaluate(UNFOLD)


class Eyes:
    """How a page is looked at: its width, colours and letters change under it, without loading it anew."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._debugger = page.context.new_cdp_session(page)

    def see(self, width: int = 390, scheme: str = "light", letters: int = 16) -> None:
        """Set the page's width in px, light or dark, and the size of letters that the browser is set to, in px.

        The window is as tall as the page, so that the bar of steps covers nothing that could be scrolled from under it.
        """
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        self._debugger.send("Page.setFontSizes", {"fontSizes": {"standard": letters, "fixed": 13}})
        self.page.set_viewport_size({"width": width, "height": 600})
        self.page.evaluate(END_LISTS)
        height: int = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": height})
