from pathlib import Path
from shutil import which

from playwright.sync_api import Browser

from tests.browser.conftest import LAUNCH, QUIET
from tests.serving import Serving


def test_chromium_finds_nothing_that_keeps_it_from_installing(
    server: Serving, browser: Browser, tmp_path: Path
) -> None:
    """Only a profile on disk can install; the running browser lends its Playwright."""
    profile = browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=which("chromium"), args=[*LAUNCH, *QUIET]
    )
    page = profile.new_page()
    page.goto(server.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    debugger = profile.new_cdp_session(page)
    manifest = debugger.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert debugger.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    about = page.evaluate("fetch('/manifest.webmanifest').then(answer => answer.json())")
    assert {"id", "name", "icons", "shortcuts", "theme_color", "background_color", "screenshots"} <= about.keys()
    pictures = [*about["icons"], *about["screenshots"]]
    sizes = page.evaluate(SIZES, [picture["src"] for picture in pictures if picture["src"].endswith("png")])
    assert sizes == [picture["sizes"] for picture in pictures if picture["src"].endswith("png")]
    profile.close()


SIZES = """sources => Promise.all(sources.map(async source => {
  const bitmap = await createImageBitmap(await (await fetch(source)).blob())
  return `${bitmap.width}x${bitmap.height}`
}))"""
