"""What a hand and an eye would complain of on a page: things beside it, under the bar, or too small to hit."""

from playwright.sync_api import Page

# What sticks out sideways, unless a box of its own cuts it.
SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= wide) return []
  const found = [...document.body.querySelectorAll("*")].filter(each => {
    const { right, left, width } = each.getBoundingClientRect()
    return width > 1 && (right > wide + 1 || left < -1) && getComputedStyle(each).clipPath === "none"
  })
  return found.map(each => `${each.localName}.${each.className}: ${each.textContent.trim().slice(0, 40)}`)
}"""

# Each thing that can be pressed or typed into, brought into sight as a browser does on focus, and looked for at its corners.
COVERED = """() => {
  const found = []
  const pressed = "a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex='0']"
  for (const each of document.querySelectorAll(pressed)) {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.closest(".bar, .skip, .hide, dialog:not([open])")) continue
    each.scrollIntoView({ block: "nearest", behavior: "instant" })
    const box = (each.getClientRects()[0]) ?? each.getBoundingClientRect()
    if (box.height > innerHeight / 2) continue // no screen shows all of it
    const corners = [[box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2], [(box.left + box.right) / 2, (box.top + box.bottom) / 2]]
    for (const [x, y] of corners) {
      const on = document.elementFromPoint(x, y)
      const bar = on?.closest(".bar, .ground, .hide")
      if (bar && !bar.contains(each)) { found.push(`${each.outerHTML.slice(0, 90)} under ${bar.className}`); break }
      if (!on) { found.push(`${each.outerHTML.slice(0, 90)} out of sight`); break }
    }
  }
  return found
}"""

# WCAG 2.5.8 and 2.5.5: 44 px both ways, but for links within a sentence, and what a larger label or line stands for.
SMALL = """() => {
  const found = []
  for (const each of document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select, summary")) {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.matches(".skip, p a:not(:only-child), li span a")) continue
    const text = each.localName === "a" && each.closest("p, li, dd, td, th") && each.closest("p, li, dd, td, th").textContent.trim() !== each.textContent.trim()
    if (text && getComputedStyle(each).display === "inline") continue
    const labels = [...(each.labels ?? [])].filter(label => label.contains(each))
    const item = each.parentElement.matches(".item") ? [each.parentElement] : []
    const boxes = [each, ...labels, ...item].map(one => one.getBoundingClientRect())
    if (!boxes.some(({ width, height }) => width >= 43.5 && height >= 43.5)) {
      const { width, height } = boxes[0]
      found.push(`${Math.round(width)}x${Math.round(height)} ${each.outerHTML.slice(0, 90)}`)
    }
  }
  return found
}"""


def sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(SIDEWAYS)
    return found


def covered(page: Page) -> list[str]:
    """What the bar, or another part that stays in place, covers although it was scrolled to."""
    found: list[str] = page.evaluate(COVERED)
    return found


def too_small(page: Page) -> list[str]:
    """What a thumb would miss."""
    found: list[str] = page.evaluate(SMALL)
    return found
