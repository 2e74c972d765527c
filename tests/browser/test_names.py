"""On every page: names that stand for one thing, pictures that are named or hidden, and room for text set wide."""

from playwright.sync_api import Browser

from sync.record import Record
from tests.browser.axe import unfold
from tests.browser.conftest import open_devices
from tests.browser.every_page import MARA, every_page
from tests.serving import Serving

# Two buttons, or two summaries, with one name, but for those in groups that have names of their own (a list's lines by
# their entries' titles); a description that is not there; a picture without a name; one with numbers and nothing beside it.
UNCLEAR = """() => {
  const nameOf = each => `${each.closest('[role=group]')?.ariaLabel ?? ''}/${each.ariaLabel ?? each.textContent.trim()}`
  const shown = [...document.querySelectorAll('main :is(button, summary)')].filter(each => each.checkVisibility())
  const twice = shown.map(nameOf).filter((name, at, names) => names.indexOf(name) !== at)
  const described = [...document.querySelectorAll('[aria-describedby], [aria-labelledby]')]
  const ids = described.flatMap(each => `${each.getAttribute('aria-describedby') ?? ''} ${each.getAttribute('aria-labelledby') ?? ''}`.trim().split(' '))
  const pictures = [...document.querySelectorAll('svg')].filter(each => !each.closest('[aria-hidden=true]'))
  return [
    ...twice.map(name => `twice: ${name}`),
    ...ids.filter(id => !document.getElementById(id)).map(id => `not there: ${id}`),
    ...pictures.filter(each => each.getAttribute('role') !== 'img' || !each.ariaLabel).map(each => `unnamed: ${each.outerHTML.slice(0, 80)}`),
    ...[...document.querySelectorAll('.chart')].filter(each => !each.nextElementSibling?.querySelector('table')).map(() => 'a chart without a table'),
  ]
}"""
# WCAG 1.4.12: these four at once, and nothing is lost.
SPACED = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
  const cut = [...document.querySelectorAll('main *, nav *')].filter(each => {
    const { overflow } = getComputedStyle(each)
    return overflow !== 'visible' && overflow !== 'auto' && !each.matches('.unseen, input, textarea, select, svg, svg *, .marker') &&
      (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
  })
  const wide = document.documentElement.scrollWidth > innerWidth
  document.adoptedStyleSheets = []
  return [...(wide ? ['wider than the screen'] : []), ...cut.map(each => each.outerHTML.slice(0, 80))]
}"""


def test_every_page_is_clear_to_who_hears_it_and_has_room_for_wide_text(
    browser: Browser, house: Serving, held: list[Record]
) -> None:
    unclear: dict[str, list[str]] = {}
    with open_devices(browser, house) as new_device:
        device = new_device(service_workers="block", viewport={"width": 320, "height": 640})
        device.sign_in(MARA)
        for place in every_page(held):
            device.open(place.address)
            unfold(device.page)
            for found in (device.page.evaluate(UNCLEAR), device.page.evaluate(SPACED)):
                if found:
                    unclear[place.name] = [*unclear.get(place.name, []), *found]
    assert unclear == {}
