"""Somebody who uses keys alone: no pointer, and no focus that a script puts anywhere for them."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 150
# Of what has focus: how thick its outline is (px), how it stands out from what is behind it (WCAG 1.4.11), and whether
# any of it can be seen (2.4.11). The label around a radio or a box shows focus for it.
SEEN = """() => {
  const active = document.activeElement
  if (active === document.body || active.id === "main") return null
  const around = active.closest("label")
  const told = getComputedStyle(active).outlineStyle === "none" && around ? around : active
  const style = getComputedStyle(told)
  const parts = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number)
  const light = colour => {
    const [r, g, b] = parts(colour).map(part => part / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  let behind = told.parentElement
  while (behind && parts(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement
  const lights = [light(style.outlineColor), light(getComputedStyle(behind ?? document.body).backgroundColor)]
  const { x, y, width, height } = told.getBoundingClientRect()
  const isShown = (across, down) => {
    const at = document.elementFromPoint(x + width * across, y + height * down)
    return at !== null && (told.contains(at) || at.contains(told))
  }
  return {
    what: active.outerHTML.slice(0, 120),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    contrast: (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05),
    isInSight: [0.1, 0.5, 0.9].some(down => [0.1, 0.5, 0.9].some(across => isShown(across, down))),
  }
}"""

IN_RADIOS = "name => document.activeElement.name === name && document.activeElement.type === 'radio'"


class Keyboard:
    """Keys on a page; wherever they lead, focus has to be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, role: Any, name: str, *, back: bool = False) -> Locator:
        """Tab, or with `back` Shift+Tab, until this has the focus."""
        wanted = self.page.get_by_role(role, name=name, exact=True)
        expect(wanted.first).to_be_attached()
        for _ in range(MOST_STOPS):
            if self._is_at(wanted):
                return wanted.first
            self.press("Shift+Tab" if back else "Tab")
            self.is_seen()
        raise AssertionError(f"no {role} {name} within reach of the Tab key")

    def use(self, role: Any, name: str, *, back: bool = False) -> None:
        """Go to a link or a button, and press Enter."""
        self.reach(role, name, back=back)
        self.press("Enter")

    def fill(self, name: str, text: str) -> None:
        self.reach("textbox", name)
        self.write(text)

    def tick(self, role: Any, name: str) -> None:
        """Choose a radio of a group that Tab leads into, or a box."""
        group = self.page.get_by_role(role, name=name, exact=True)
        self._into_group(group)
        self.press("Space")
        expect(group.first).to_be_checked()

    def unfold(self, name: str) -> None:
        """Open what is folded away under this summary."""
        wanted = self.page.locator("summary:visible", has_text=name)
        expect(wanted.first).to_be_attached()
        for _ in range(MOST_STOPS):
            if self._is_at(wanted):
                return self.press("Enter")
            self.press("Tab")
            self.is_seen()
        raise AssertionError(f"no part {name} within reach of the Tab key")

    def is_seen(self) -> None:
        """What has focus says so, and nothing covers it."""
        seen = self.page.evaluate(SEEN)
        if seen:
            assert seen["outline"] >= 2, seen
            assert seen["contrast"] >= 3, seen
            assert seen["isInSight"], seen

    def _into_group(self, wanted: Locator) -> None:
        """Tab stops once in a group of radios; the arrow keys go on in it."""
        name = wanted.first.get_attribute("name")
        for _ in range(MOST_STOPS):
            if self._is_at(wanted):
                return
            is_in = self.page.evaluate(IN_RADIOS, name)
            self.press("ArrowDown" if is_in else "Tab")
            self.is_seen()
        raise AssertionError(f"no {name} within reach of the keys")

    def _is_at(self, wanted: Locator) -> bool:
        return bool(wanted.evaluate_all("all => all.includes(document.activeElement)"))
