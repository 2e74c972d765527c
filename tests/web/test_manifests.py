"""What a phone shows of the app before it is open is said in each language, in the words of the app itself."""

from typing import Any

import msgspec
import pytest

from server.languages import LANGUAGES
from server.places import WEB
from server.words import words_of

READ = {"description", "label", "lang", "dir"}  # and the name of a shortcut


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manifest_speaks_its_language_in_the_words_of_the_app(language: str) -> None:
    manifest, words = manifest_of(language), words_of(language)
    assert (manifest["lang"], manifest["dir"]) == (language, words["app"]["dir"])
    assert manifest["name"] == manifest["short_name"] == words["app"]["name"]
    assert manifest["description"] == words["welcome"]["about"]
    assert [shortcut["name"] for shortcut in manifest["shortcuts"]] == [words["today"]["log"]]
    assert words["today"]["log_note"].endswith(manifest["shortcuts"][0]["description"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_manifests_differ_in_nothing_but_words(language: str) -> None:
    assert unread(manifest_of(language)) == unread(manifest_of("en"))


def manifest_of(language: str) -> dict[str, Any]:
    manifest: dict[str, Any] = msgspec.json.decode((WEB / f"manifest.{language}.json").read_bytes())
    return manifest


def unread(part: Any, within: str = "") -> Any:
    """All that no person reads."""
    if isinstance(part, list):
        return [unread(each, within) for each in part]
    if not isinstance(part, dict):
        return part
    spoken = READ | {"name"} if within == "shortcuts" else READ
    return {name: unread(each, name) for name, each in part.items() if name not in spoken}
