"""What a device is called until its person names it, such as "Chrome on Android", read from the User-Agent header."""

from server.words import Words, fill

# The first with a mark in the header: most browsers also claim to be one of those further down.
BROWSERS = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("Opera", ("OPR/", "OPT/", "OPiOS/")),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Vivaldi", ("Vivaldi/",)),
    ("DuckDuckGo", ("DuckDuckGo/", "Ddg/")),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "CriOS/", "Chromium/")),
    ("Safari", ("Safari/", "AppleWebKit/")),  # from the home screen an iPhone leaves Safari's name out
)
SYSTEMS = (
    ("Windows", ("Windows",)),
    ("Android", ("Android",)),
    ("iPhone", ("iPhone",)),
    ("iPad", ("iPad",)),
    ("ChromeOS", ("CrOS",)),
    ("Mac", ("Macintosh",)),
    ("Linux", ("Linux", "X11")),
)


def label_of(user_agent: str, words: Words) -> str:
    """Name the browser and its system as far as the header tells them; nothing of the header itself comes back."""
    said = words["accounts"]["browsers"]
    browser = _first(BROWSERS, user_agent) or str(said["other"])
    system = _first(SYSTEMS, user_agent)
    return fill(said["label"], {"browser": browser, "system": system}) if system else browser


def _first(table: tuple[tuple[str, tuple[str, ...]], ...], user_agent: str) -> str:
    return next((name for name, marks in table if any(mark in user_agent for mark in marks)), "")
