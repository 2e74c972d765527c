"""JSON in the one way that Python and JavaScript both write it, and nothing that either would write otherwise."""

import functools
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Annotated, Any, NewType

import msgspec
from msgspec import Meta

MAX_INTEGER = 2**53 - 1  # JavaScript's numbers are exact up to here
MAX_LEVELS = 16  # of lists and objects within each other, in a whole message
# An exchange wraps each value in six: the message, its records, a record, its writes, a write, its set.
MAX_VALUE_LEVELS = MAX_LEVELS - 6

# A letter first keeps out __proto__; device names, keys of a deletion's vector, may begin with a digit.
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,63}\Z")

STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
AT_ONCE = 64 * 1024  # bytes looked through
STRING = re.compile(rb'"[^"]*"?')
NO_MARKS = bytes(byte for byte in range(256) if byte not in {*STEPS, ord('"')})

_encoder = msgspec.json.Encoder(order="sorted")


def _value(levels: int) -> Any:
    """The type of a value, for msgspec to hold it to the limits while it reads: check_value() in C."""
    scalar = None | bool | Annotated[int, Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)] | str
    if levels == 0:
        return scalar
    inner = _value(levels - 1)
    value = scalar | list[inner] | dict[Annotated[str, Meta(pattern=f"^{WORD.pattern}")], inner]  # type: ignore[valid-type] # made here
    # Under a name, or Python would look through the levels below twice for each level above them: a tenth of a second.
    return NewType(f"Value{levels}", value)


Value: Any = _value(MAX_VALUE_LEVELS)


class BadValue(ValueError):
    """A value that two languages would not write alike."""


def canonical(value: Any) -> bytes:
    """Write a value: UTF-8, no spaces, keys in code-point order; BadValue for what is no value."""
    check_value(value)
    return _encoder.encode(value)


def check_value(value: Any, levels: int = MAX_VALUE_LEVELS) -> None:
    """Raise BadValue unless the value is JSON within the limits."""
    match value:
        case None | bool():
            pass
        case int():
            if abs(value) > MAX_INTEGER:
                raise BadValue("a number beyond 2^53 - 1")
        case str():
            _check_text(value)
        case list() | dict() if levels == 0:
            raise BadValue("lists and objects within each other too deep")
        case list():
            for each in value:
                check_value(each, levels - 1)
        case dict():
            for key, each in value.items():
                check_word(key)
                check_value(each, levels - 1)
        case _:
            raise BadValue(f"a {type(value).__name__}, which is no value")


def check_word(word: Any) -> None:
    """Raise BadValue unless this is a plain word, fit to name a field."""
    if not isinstance(word, str) or not _is_word(word):
        raise BadValue("a name that is not a plain word")


def is_too_deep(body: bytes, above: int = 0) -> bool:
    """Tell whether JSON that stands `above` levels deep in a message has more levels than the message may."""
    # Backslashes stand in strings alone; without those that escape, each quote opens or closes one.
    marks = body.replace(b"\\\\", b"").replace(b'\\"', b"").translate(None, delete=NO_MARKS)
    return any(levels > MAX_LEVELS - above for levels in accumulate(STEPS[bracket] for bracket in _brackets(marks)))


def _brackets(marks: bytes) -> Iterator[int]:
    # Piece by piece: a million short strings, found at once, are sixty times their bytes.
    in_string = b""
    for start in range(0, len(marks), AT_ONCE):
        piece = in_string + marks[start : start + AT_ONCE]
        in_string = b'"' if piece.count(b'"') % 2 else b""
        yield from STRING.sub(b"", piece)


@functools.lru_cache(maxsize=1024)  # the same few names come again and again
def _is_word(word: str) -> bool:
    return bool(WORD.match(word))


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as lone:
        raise BadValue("half of a surrogate pair") from lone
