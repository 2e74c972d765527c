"""All that a browser keeps of a site, as text: what the next person who uses it could find."""

from playwright.sync_api import Page

DATABASES = """async () => {
  const kept = {}
  for (const { name } of await indexedDB.databases()) {
    const opened = await new Promise(done => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
    kept[name] = ""
    for (const store of opened.objectStoreNames) {
      kept[name] += await new Promise(done => {
        const asked = opened.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => done(JSON.stringify(asked.result))
      })
    }
    opened.close()
  }
  return kept
}"""
ELSEWHERE = """async () => {
  const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), JSON.stringify(history.state)]
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) kept.push(request.url, await (await cache.match(request)).text())
  }
  return kept.join()
}"""


def databases(page: Page) -> dict[str, str]:
    """Each database by its name."""
    found: dict[str, str] = page.evaluate(DATABASES)
    return found


def elsewhere(page: Page) -> str:
    """Local and session storage, what is noted in this tab's history, and caches."""
    found: str = page.evaluate(ELSEWHERE)
    return found


def everything(page: Page) -> str:
    return "".join(databases(page).values()) + elsewhere(page)
