"""Cases that web/phone passes too: tests/web/vectors.test.js."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from server import moments, words
from server.actions import Hand, Refused, write
from server.entries import Entry, Field
from server.forms import kept_of, read_form, typed_of
from server.keys import key_for, read_kdf, to_text
from server.kinds import kinds
from server.languages import LANGUAGES, accepted_languages, choose_language
from server.search import fold, is_begun, is_similar, terms_of
from server.text import shorten
from server.views.plans import fitting, telling_words
from server.words import fill, words_of
from sync.record import Record, decode, encode

VECTORS = Path(__file__).parents[1] / "vectors"


def expanded(value: Any) -> Any:
    """The value with each {"repeat", "times"} written out."""
    if isinstance(value, list):
        return [expanded(each) for each in value]
    if isinstance(value, dict):
        return value["repeat"] * value["times"] if "repeat" in value else {key: expanded(v) for key, v in value.items()}
    return value


def each(file: str, action: str) -> pytest.MarkDecorator:
    cases = expanded(json.loads((VECTORS / f"{file}.json").read_text(encoding="utf-8")))[action]
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.get("name"))


@each("moments", "at_wall")
def test_at_wall(case: dict[str, Any]) -> None:
    assert moments.at_wall(case["wall"], case["zone"]) == case["moment"]


@each("moments", "parse")
def test_parse(case: dict[str, Any]) -> None:
    moment = moments.parse(case["text"])
    found = moment and {"wall": moments.wall(case["text"]), "zone": moment.zone, "ms": moment.ms}
    assert found == case["moment"]


@each("moments", "now_in")
def test_now_in(case: dict[str, Any]) -> None:
    assert moments.now_in(case["now"], case["zone"]) == case["moment"]


@each("moments", "show")
def test_show(case: dict[str, Any]) -> None:
    assert moments.show(case["text"], words_of(case["language"])) == case["shown"]


@each("moments", "known_zone")
def test_known_zone(case: dict[str, Any]) -> None:
    assert moments.known_zone(case["zone"]) == case["known"]


@each("words", "fill")
def test_fill(case: dict[str, Any]) -> None:
    assert fill(case["text"], case["values"]) == case["filled"]


@each("words", "set_apart")
def test_set_apart(case: dict[str, Any]) -> None:
    assert words.set_apart(case["text"], {"app": {"dir": case["dir"]}}) == case["apart"]


@each("words", "digits")
def test_digits(case: dict[str, Any]) -> None:
    assert words.digits(case["number"], words_of(case["language"])) == case["text"]


@each("words", "count")
def test_count(case: dict[str, Any]) -> None:
    assert words.count(case["forms"], case["number"], words_of(case["language"])) == case["text"]


@each("languages", "choose_language")
def test_choose_language(case: dict[str, Any]) -> None:
    assert choose_language(case["chosen"], case["accepted"], tuple(case["spoken"])) == case["language"]


@each("languages", "accepted")
def test_accepted_languages(case: dict[str, Any]) -> None:
    assert accepted_languages(case["header"]) == case["languages"]


@each("plurals", "forms")
def test_plural_form(case: dict[str, Any]) -> None:
    assert {n: words.plural_form(int(n), case["plurals"]) for n in case["numbers"]} == case["numbers"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_plural_forms_that_the_vectors_hold_it_to(language: str) -> None:
    cases = json.loads((VECTORS / "plurals.json").read_text())["forms"]
    assert words_of(language)["numbers"]["plurals"] == next(c["plurals"] for c in cases if c["language"] == language)


@each("search", "fold")
def test_fold(case: dict[str, Any]) -> None:
    assert fold(case["text"]) == case["folded"]


@each("text", "shorten")
def test_shorten(case: dict[str, Any]) -> None:
    assert shorten(case["text"], case["most"]) == case["short"]


@each("plans", "telling_words")
def test_telling_words(case: dict[str, Any]) -> None:
    assert sorted(telling_words(case["text"], words_of(case["language"]))) == case["telling"]


@each("plans", "fitting")
def test_fitting(case: dict[str, Any]) -> None:
    planned = [Entry(each["id"], "tool", each["values"], {}, 0, False, {}) for each in case["planned"]]
    found = fitting(planned, case["situation"], case["trait_id"], words_of(case["language"]))
    assert [entry.id for entry in found] == case["ids"]


@each("search", "terms")
def test_terms_of(case: dict[str, Any]) -> None:
    assert terms_of(case["text"]) == case["terms"]


@each("search", "match")
def test_what_is_typed_matches(case: dict[str, Any]) -> None:
    assert is_begun(case["wanted"], case["term"]) == case["begun"]
    assert is_similar(case["wanted"], case["term"]) == case["similar"]


@pytest.mark.parametrize("language", LANGUAGES)
@each("forms", "read_form")
def test_read_form(case: dict[str, Any], language: str) -> None:
    form = read_form(kinds()[case["kind"]], pairs(case), words_of(language))
    assert filled(form.typed) == filled(case["typed"])
    assert form.errors == sentences(case["errors"], language)


@each("forms", "kept_of")
def test_kept_of(case: dict[str, Any]) -> None:
    assert kept_of(field(case), case["typed"], case["zone"]) == case["value"]


@each("forms", "typed_of")
def test_typed_of(case: dict[str, Any]) -> None:
    assert typed_of(field(case), case["value"]) == case["typed"]


@pytest.mark.parametrize("language", LANGUAGES)
@each("forms", "write")
def test_write(case: dict[str, Any], language: str) -> None:
    action = write(kinds()[case["kind"]], case["id"], pairs(case), Hand(**case["hand"]), words_of(language))
    if case["errors"]:
        with pytest.raises(Refused) as refused:
            action(record(case))
        assert refused.value.form.errors == sentences(case["errors"], language)
    else:
        assert encode(action(record(case))).decode() == case["text"]


def filled(typed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in typed.items() if value}


def pairs(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in case["pairs"]]


def record(case: dict[str, Any]) -> Record | None:
    return decode(msgspec.json.encode(case["record"])) if case["record"] else None


def field(case: dict[str, Any]) -> Field:
    return next(field for field in kinds()[case["kind"]].fields if field["name"] == case["field"])


def sentences(errors: dict[str, Any], language: str) -> dict[str, str]:
    """What a person reads of errors that are given by their code and the values in their sentence."""
    said = words_of(language)["errors"]
    return {name: fill(said[error["code"]], error["values"]) for name, error in errors[language].items()}


@each("keys", "key_for")
def test_key_for(case: dict[str, Any]) -> None:
    assert to_text(key_for(case["passphrase"], case["kdf"])) == case["key"]


@each("keys", "read_kdf")
def test_read_kdf(case: dict[str, Any]) -> None:
    assert (read_kdf(case["kdf"]) is not None) == case["read"]
