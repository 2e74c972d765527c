"""A device's name before its person gives it one. The headers are what browsers sent in 2026."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.browsers import BROWSERS, SYSTEMS, label_of
from server.words import words_of

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
SENT = {
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/156.0.0.0 Mobile Safari/537.36": "Chrome on Android",
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36": (
        "Samsung Internet on Android"
    ),
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/156.0.0.0 Mobile Safari/537.36 EdgA/156.0": "Edge on Android",
    "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0": "Firefox on Android",
    f"{IPHONE} Version/27.0 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    f"{IPHONE} Mobile/15E148": "Safari on iPhone",
    f"{IPHONE} CriOS/156.0.1 Mobile/15E148 Safari/604.1": "Chrome on iPhone",
    f"{IPHONE} FxiOS/153.0 Mobile/15E148 Safari/604.1": "Firefox on iPhone",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/27.0 Safari/605.1.15": (
        "Safari on Mac"
    ),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/156.0.0.0 Safari/537.36": "Chrome on Windows",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/156.0.0.0 Safari/537.36 Edg/156.0": "Edge on Windows",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/156.0.0.0 Safari/537.36 OPR/126.0": "Opera on Windows",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/156.0.0.0 Safari/537.36": "Chrome on ChromeOS",
    f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/156.0.0.0 Safari/537.36": "Chrome on Linux",
    "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0": "Firefox on Linux",
    "curl/8.14.1": "A browser",
    "": "A browser",
}


@pytest.mark.parametrize(("sent", "label"), SENT.items())
def test_a_device_is_called_by_its_browser_and_its_system(sent: str, label: str) -> None:
    assert label_of(sent, words_of("en")) == label


def test_a_label_is_in_the_language_of_whoever_signs_in() -> None:
    assert label_of(next(iter(SENT)), words_of("es")) == "Chrome en Android"


@given(st.text())
def test_nothing_that_a_browser_sends_comes_back_but_names_that_we_know(sent: str) -> None:
    browser, _, system = label_of(sent, words_of("en")).partition(" on ")
    assert browser in {"A browser", *(name for name, _ in BROWSERS)}
    assert system in {"", *(name for name, _ in SYSTEMS)}
