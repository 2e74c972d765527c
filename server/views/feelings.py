"""The words for feelings: those of ours and the person's own, as a form offers them. Twin: web/phone/views/feelings.js."""

from typing import NamedTuple

from server.entries import Entry, Field
from server.forms import one_line
from server.journal import Journal
from server.kinds import Kind
from server.views.frame import Context, Here
from server.words import Words, fill, set_apart

SPARE_ROWS = 2  # empty rows offered for feelings in other words
MOST_OWN = 200  # words that a person keeps


class Feeling(NamedTuple):
    """A word of the vocabulary: its name in forms, whether it is put away, and the record that says so, if there is one."""

    key: str
    word: str
    is_away: bool
    entry: Entry | None


def vocabulary(journal: Journal, words: Words) -> list[tuple[str, list[Feeling]]]:
    """Each group's label and its feelings, those put away too; the person's own words come last, the oldest first."""
    kept: dict[str, Entry] = {}
    for entry in journal.of_kind("emotion", MOST_OWN):
        kept.setdefault(one_line(entry.values.get("name") or ""), entry)
    kept.pop("", None)
    groups = []
    ours = 0
    for group in words["emotions"]:
        feelings = [_feeling(f"w{ours + at}", word, kept.pop(word, None)) for at, word in enumerate(group["words"])]
        ours += len(feelings)
        groups.append((str(group["label"]), feelings))
    own = [_feeling(f"o{at}", word, entry) for at, (word, entry) in enumerate(reversed(kept.items()))]
    return [*groups, (str(words["feelings"]["own"]), own)]


def feeling_groups(
    kind: Kind, field: Field, typed: list[list[str]], journal: Journal, here: Here
) -> tuple[list[Context], list[Context]]:
    """What was felt, then what can be chosen, by groups; and the rows in which other words can be typed."""
    words = here.words
    asked = [_row(kind, field, str(at), row, words) for at, row in enumerate(typed, start=1)]
    to_write = [row for row in asked if not 0 < len(row["word"]) <= field["max_name"]]
    chosen = [row for row in asked if row not in to_write]
    named = {name for name, _ in typed}
    groups = [{"label": str(words["feelings"]["chosen"]), "rows": chosen}]
    for label, feelings in vocabulary(journal, words):
        offered = [each for each in feelings if not each.is_away and each.word not in named]
        groups.append({"label": label, "rows": [_row(kind, field, f.key, [f.word, ""], words) for f in offered]})
    spare = [_row(kind, field, str(len(typed) + at), ["", ""], words) for at in range(1, SPARE_ROWS + 1)]
    rows = [*to_write, *spare]
    for number, row in enumerate(rows, start=1):
        row["word_label"] = fill(words["rows"]["name"], {"number": str(number)})
        row["intensity_label"] = fill(words["rows"]["intensity"], {"number": str(number)})
    return [group for group in groups if group["rows"]], rows


def _feeling(key: str, word: str, entry: Entry | None) -> Feeling:
    return Feeling(key, word, bool(entry and entry.values.get("archived") == "archived"), entry)


def _row(kind: Kind, field: Field, key: str, row: list[str], words: Words) -> Context:
    word, intensity = row
    name = f"{field['name']}_{key}"
    return {
        "word": word,
        "word_name": f"{name}_name",
        "word_id": f"{kind.kind}-{field['name']}-{key}-name",
        "word_label": word,
        "chosen": bool(word) and key[0] not in "wo",
        "intensity": intensity,
        "intensity_name": f"{name}_intensity",
        "intensity_id": f"{kind.kind}-{field['name']}-{key}-intensity",
        "intensity_label": fill(words["feelings"]["strength"], {"word": set_apart(word, words)}),
    }
