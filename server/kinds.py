"""The five kinds of record and the limits of their fields: the one definition that both hosts check forms against."""

import functools
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

# RFC 9557: an ISO date-time with its offset and its IANA zone, 2026-11-22T18:03:00+01:00[Europe/Madrid]
MOMENT = (
    r"^(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})(?:\[[A-Za-z0-9_+/-]{1,64}\])?$"
)

Moment = Annotated[str, Meta(pattern=MOMENT, extra={"type": "moment"})]
Unasked = Annotated[str, Meta(pattern=MOMENT, extra={"type": "moment", "unasked": True})]  # set once, at the first save
Line = Annotated[str, Meta(max_length=500, extra={"type": "line"})]
Name = Annotated[str, Meta(min_length=1, max_length=120, extra={"type": "line", "required": True})]
Text = Annotated[str, Meta(max_length=4000, extra={"type": "text"})]
Percent = Annotated[Annotated[int, Meta(ge=0, le=100)] | None, Meta(extra={"type": "number"})]
Id = Annotated[str, Meta(max_length=64)]
TraitId = Annotated[str, Meta(max_length=64, extra={"type": "one", "of": "trait"})]
ToolIds = Annotated[list[Id], Meta(max_length=20, extra={"type": "many", "of": "tool"})]
Purpose = Annotated[Literal["", "now", "lasting"], Meta(extra={"type": "one", "choices": ["now", "lasting"]})]


class Emotion(msgspec.Struct):
    """One feeling by its name and how strong it was, 0–100, or null when it was not rated."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    intensity: Annotated[int, Meta(ge=0, le=100)] | None = None


Emotions = Annotated[list[Emotion], Meta(max_length=12, extra={"type": "emotions", "max_name": 60})]


class Trait(msgspec.Struct, kw_only=True):
    """Step 1, Notice: a trait, when it shows up, what it once protected and what it costs now."""

    name: Name
    shows_up: Text = ""
    protected: Text = ""
    costs: Text = ""
    happened_at: Unasked


class Lesson(msgspec.Struct, kw_only=True):
    """Step 2, Explore: what happened, the rule it taught (when …, then …, so I …) and what keeps it alive."""

    trait_id: TraitId = ""
    what_happened: Text = ""
    rule_when: Line = ""
    rule_then: Line = ""
    rule_so: Line = ""
    keeps_alive: Text = ""
    happened_at: Unasked


class Tool(msgspec.Struct, kw_only=True):
    """Step 3, Equip: a tool with its if–then plan and what could get in the way."""

    name: Name
    purpose: Purpose = ""
    steps: Text = ""
    if_trigger: Line = ""
    then_action: Line = ""
    obstacle: Text = ""
    happened_at: Unasked


class Practice(msgspec.Struct, kw_only=True):
    """Step 4, Practise: one moment of daily life. Distress is SUDS scaled to 0–100 (Wolpe 1969)."""

    happened_at: Moment
    trait_id: TraitId = ""
    old_reaction: Percent = None
    new_reaction: Percent = None
    situation: Text = ""
    emotions: Emotions = []
    thoughts: Text = ""
    behaviour: Text = ""
    tool_ids: ToolIds = []
    distress_before: Percent = None
    distress_after: Percent = None
    learned: Text = ""


class Review(msgspec.Struct, kw_only=True):
    """Step 5, Rewire: what changed, what is still hard, what comes next."""

    trait_id: TraitId = ""
    changed: Text = ""
    still_hard: Text = ""
    next_step: Text = ""
    happened_at: Unasked


class Kind(msgspec.Struct, frozen=True):
    """What both hosts know of a kind: its place in URLs and steps, the fields that can title it, its fields in order."""

    kind: str
    plural: str
    step: str
    titles: list[str]
    fields: list[dict[str, Any]]


def _fields(struct: type[msgspec.Struct]) -> list[dict[str, Any]]:
    """The struct's fields as plain data: name, type and limits (lengths in code points, numbers inclusive)."""
    info = msgspec.inspect.type_info(struct)
    assert isinstance(info, msgspec.inspect.StructType)
    return [_field(field) for field in info.fields]


def _field(field: msgspec.inspect.Field) -> dict[str, Any]:
    kind = field.type
    extra: dict[str, Any] = {}
    if isinstance(kind, msgspec.inspect.Metadata):
        extra, kind = kind.extra or {}, kind.type
    found: dict[str, Any] = {"name": field.name, "required": False, **extra}
    types = kind.types if isinstance(kind, msgspec.inspect.UnionType) else [kind]
    for each in types:
        if isinstance(each, msgspec.inspect.StrType | msgspec.inspect.ListType) and each.max_length is not None:
            found["max"] = each.max_length
        if isinstance(each, msgspec.inspect.IntType):
            found["min"], found["max"] = each.ge, each.le
    return found


STRUCTS: dict[str, type[msgspec.Struct]] = {
    "trait": Trait,
    "lesson": Lesson,
    "tool": Tool,
    "practice": Practice,
    "review": Review,
}


@functools.cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order of the five steps."""
    about = {
        "trait": ("traits", "notice", ["name"]),
        "lesson": ("lessons", "explore", ["what_happened", "rule_then", "rule_when", "rule_so", "keeps_alive"]),
        "tool": ("tools", "equip", ["name"]),
        "practice": ("practices", "practise", ["situation", "learned", "thoughts", "behaviour"]),
        "review": ("reviews", "rewire", ["changed", "next_step", "still_hard"]),
    }
    return {
        kind: Kind(kind, plural, step, titles, _fields(STRUCTS[kind])) for kind, (plural, step, titles) in about.items()
    }


def exported() -> bytes:
    """`kinds.json` of the shell: what the phone checks its forms against."""
    return msgspec.json.encode(kinds())
