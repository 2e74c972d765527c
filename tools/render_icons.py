"""Render the sign, web/icons/unlearn.svg, as the PNGs that home screens ask for: `.venv/bin/python tools/render_icons.py`."""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ICONS = Path(__file__).resolve().parent.parent / "web" / "icons"
GREEN = "#1d6b59"  # the sign's own ground: a maskable icon is cut by the phone, so its corners are filled

# name, side in pixels, what lies behind the rounded corners
SIZES = [
    ("192", 192, "transparent"),
    ("512", 512, "transparent"),
    ("maskable-192", 192, GREEN),
    ("maskable-512", 512, GREEN),
    ("apple-touch", 180, GREEN),
]


def main() -> None:
    """Render every size with Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        for name, side, ground in SIZES:
            render(page, name, side, ground)
        browser.close()


def render(page: Page, name: str, side: int, ground: str) -> None:
    """One PNG of the sign."""
    sign = (ICONS / "unlearn.svg").read_text()
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f"<style>body{{margin:0;background:{ground}}}svg{{display:block}}</style>{sign}")
    page.screenshot(path=ICONS / f"{name}.png", omit_background=True)


if __name__ == "__main__":
    main()
