import json
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.canonical import MAX_LEVELS, MAX_VALUE_LEVELS, BadValue, Value, canonical, check_value, is_too_deep

words = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_]{0,9}", fullmatch=True)
leaves = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8"))
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))


@given(values)
def test_canonical_text_is_what_json_stringify_writes_with_sorted_keys(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(value) == text.encode()
    assert msgspec.json.decode(canonical(value), type=Value) == value


@pytest.mark.parametrize(
    "value",
    [
        2**53,
        -(2**53),
        0.5,
        1.0,
        float("nan"),
        "\ud800",
        {"__proto__": 1},
        {"a b": 1},
        {"": 1},
        {"a\n": 1},
        {1: 1},
        b"x",
    ],
)
def test_what_two_languages_would_write_differently_is_no_value(value: object) -> None:
    with pytest.raises(BadValue):
        canonical(value)


@pytest.mark.parametrize("text", [b'"\\ud800"', b"1.5", b"1.0", b"1e3", b"9007199254740992", b'{"a b":1}', b'"\xff"'])
def test_what_arrives_is_held_to_the_same_limits(text: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        msgspec.json.decode(text, type=Value)


any_keys = st.text(st.sampled_from("aZ09_ .é\n"), max_size=3)
any_leaves = leaves | st.floats(allow_nan=False, allow_infinity=False) | st.integers(2**53 - 3, 2**53 + 3)
any_json = st.recursive(any_leaves, lambda inner: st.lists(inner) | st.dictionaries(any_keys, inner), max_leaves=8)


@given(any_json, st.integers(0, MAX_VALUE_LEVELS + 1))
def test_what_is_checked_while_it_is_read_and_what_is_checked_before_it_is_saved_are_the_same(
    value: object, deeper: int
) -> None:
    for _ in range(deeper):
        value = [value]
    text = json.dumps(value).encode()
    assert is_value(lambda: check_value(value)) == is_value(lambda: msgspec.json.decode(text, type=Value))


def is_value(check: Callable[[], object]) -> bool:
    try:
        check()
    except (BadValue, msgspec.DecodeError):
        return False
    return True


def nested(levels: int) -> list[object]:
    value: list[object] = []
    for _ in range(levels - 1):
        value = [value]
    return value


def test_a_value_leaves_room_for_the_message_around_it() -> None:
    canonical(nested(MAX_VALUE_LEVELS))
    with pytest.raises(BadValue):
        canonical(nested(MAX_VALUE_LEVELS + 1))


@pytest.mark.parametrize("text", ["", "]]]]", "[[[[", '"', '\\"[', "\\\\", "\\n[", '"\\'])
def test_brackets_in_text_are_no_levels(text: str) -> None:
    fits = json.dumps([text] * 40 + nested(MAX_LEVELS - 1)).encode()
    assert not is_too_deep(fits)
    assert is_too_deep(json.dumps([text, nested(MAX_LEVELS), text]).encode())


def test_two_hundred_thousand_levels_are_too_many() -> None:
    assert is_too_deep(b"[" * 200_000)
    assert is_too_deep(b'{"a":' * 200_000)
