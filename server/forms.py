"""Forms: what a person typed, checked against a kind's fields. Twin: web/phone/forms.js.

A *typed* value is what an input holds: text, or a list of texts (many), or a list of [name, intensity] (emotions: two
inputs for each row of the form, `emotions_<row>_name`, which a row that is not chosen does not send, and `…_intensity`).
"""

import re
from typing import Any

import msgspec

from server import moments
from server.entries import Field
from server.kinds import Kind
from server.words import Words, digits, fill

Pairs = list[tuple[str, str]]
ID = re.compile(r"[0-9A-Za-z-]{1,64}")
WHOLE = re.compile(r"-?[0-9]{1,9}")


class Form(msgspec.Struct):
    """What was typed in each field asked for, and the sentence for each that can't be kept.

    `unkept`: nothing is wrong with it, and yet there was no room for it.
    """

    typed: dict[str, Any]
    errors: dict[str, str]
    unkept: bool = False


def asked(kind: Kind) -> list[Field]:
    """The fields that a form of this kind asks for."""
    return [field for field in kind.fields if not field.get("unasked")]


def read_form(kind: Kind, pairs: Pairs, words: Words) -> Form:
    """The form as typed, and its errors by field."""
    typed = {field["name"]: _typed(field, pairs) for field in asked(kind)}
    errors = {}
    for field in asked(kind):
        error = _error(field, typed[field["name"]], words)
        if error:
            errors[field["name"]] = error
    return Form(typed, errors)


def kept_of(field: Field, typed: Any, zone: str) -> Any:
    """What is kept of a typed value that has no error: text, whole number, list, or None for no number and no moment."""
    match field["type"]:
        case "number":
            return int(typed) if typed else None
        case "moment":
            return moments.at_wall(typed, zone) if typed else None
        case "emotions":
            return [{"name": name, "intensity": int(number) if number else None} for name, number in typed]
        case _:
            return typed


def typed_of(field: Field, value: Any) -> Any:
    """What an input shows for a kept value: the inverse of `kept_of`."""
    match field["type"]:
        case "number":
            return "" if value is None else str(value)
        case "moment":
            return moments.wall(value)
        case "many":
            return list(value or [])
        case "emotions":
            return [[one_line(e["name"]), "" if e["intensity"] is None else str(e["intensity"])] for e in value or []]
        case "text":
            return tidy(value or "")
        case _:
            return one_line(value or "")


def tidy(text: str) -> str:
    """Text with one sort of line end and no blank edges, as every browser sends it back."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n")


def one_line(text: str) -> str:
    """The same on one line."""
    return tidy(text).replace("\n", " ")


def last(pairs: Pairs, name: str) -> str:
    """The last value sent under the name, or ""."""
    return next((value for key, value in reversed(pairs) if key == name), "")


def _typed(field: Field, pairs: Pairs) -> Any:
    name = field["name"]
    if field["type"] == "many":
        return [value for key, value in pairs if key == name and value]
    if field["type"] == "emotions":
        return _rows(name, pairs)
    return (tidy if field["type"] == "text" else one_line)(last(pairs, name))


def _rows(name: str, pairs: Pairs) -> list[list[str]]:
    rows: dict[str, dict[str, str]] = {}
    for key, value in pairs:
        found = re.fullmatch(rf"{name}_([a-z]?[0-9]{{1,4}})_(name|intensity)", key)
        if found:
            rows.setdefault(found[1], {})[found[2]] = one_line(value)
    chosen = [(row["name"], row.get("intensity", "")) for row in rows.values() if "name" in row]
    return [[each, number] for each, number in chosen if each or number]


def _error(field: Field, typed: Any, words: Words) -> str:
    if field["required"] and not typed:
        return str(words["errors"]["required"])
    if not typed:
        return ""
    match field["type"]:
        case "number":
            return _number_error(typed, words)
        case "moment":
            return "" if moments.at_wall(typed, "UTC") else str(words["errors"]["not_moment"])
        case "one":
            return "" if _chosen(field, typed) else str(words["errors"]["not_choice"])
        case "many":
            return _too_many(field, typed, words) or next(
                (str(words["errors"]["not_choice"]) for each in typed if not _chosen(field, each)), ""
            )
        case "emotions":
            return _emotions_error(field, typed, words)
        case _:
            return _too_long(typed, field["max"], words)


def _number_error(typed: str, words: Words) -> str:
    if not WHOLE.fullmatch(typed):
        return str(words["errors"]["not_number"])
    return "" if 0 <= int(typed) <= 100 else str(words["errors"]["out_of_range"])


def _chosen(field: Field, typed: str) -> bool:
    return typed in field["choices"] if "choices" in field else bool(ID.fullmatch(typed))


def _emotions_error(field: Field, typed: list[list[str]], words: Words) -> str:
    error = _too_many(field, typed, words)
    for name, number in typed:
        if not name:
            error = error or str(words["errors"]["no_name"])
        error = error or _too_long(name, field["max_name"], words)
        error = error or (_number_error(number, words) if number else "")
    return error


def _too_many(field: Field, typed: list[Any], words: Words) -> str:
    if len(typed) <= field["max"]:
        return ""
    return fill(words["errors"]["too_many"], {"max": digits(field["max"], words)})


def _too_long(text: str, most: int, words: Words) -> str:
    if len(text) <= most:
        return ""
    return fill(words["errors"]["too_long"], {"max": digits(most, words), "over": digits(len(text) - most, words)})
