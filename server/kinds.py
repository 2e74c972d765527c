"""The kinds of record and the limits of their fields: the one definition that both hosts check forms against."""

import functools
from typing import Any

import msgspec

from server.fields import (
    Archived,
    CameUpAs,
    Context,
    EmotionName,
    Emotions,
    Line,
    Moment,
    Name,
    Once,
    Percent,
    Purpose,
    Slug,
    State,
    Text,
    ToolIds,
    TraitId,
    TraitIds,
    Traps,
    Unasked,
)


class Trait(msgspec.Struct, kw_only=True):
    """Step 1, Notice: what came up, the trait's name, when it shows up, what it once protected and what it costs now."""

    came_up_as: CameUpAs = ""
    came_up: Text = ""
    name: Name
    shows_up: Text = ""
    protected: Text = ""
    costs: Text = ""
    instead: Line = ""
    state: State = ""
    happened_at: Unasked


class Lesson(msgspec.Struct, kw_only=True):
    """Step 2, Explore: what happened, the rule it taught (when …, then …, so I …), how it helped, what keeps it alive."""

    trait_id: TraitId = ""
    what_happened: Text = ""
    rule_when: Line = ""
    rule_then: Line = ""
    rule_so: Line = ""
    helped_then: Text = ""
    keeps_alive: Text = ""
    sets_off: TraitIds = []
    happened_at: Unasked


class Tool(msgspec.Struct, kw_only=True):
    """Step 3, Equip: a tool with its if–then plan, rehearsed or not yet, and what could get in the way.

    `library` names what it was taken from in words.library, "" for a tool of one's own; `trait_id` narrows its plan.
    """

    name: Name
    purpose: Purpose = ""
    steps: Text = ""
    trait_id: TraitId = ""
    if_trigger: Line = ""
    then_action: Line = ""
    obstacle: Text = ""
    obstacle_answer: Text = ""
    rehearsed_at: Once = None
    library: Slug = ""
    happened_at: Unasked


class Practice(msgspec.Struct, kw_only=True):
    """Step 4, Practise: one moment of daily life. Distress is SUDS scaled to 0–100 (Wolpe 1969)."""

    happened_at: Moment
    trait_id: TraitId = ""
    old_reaction: Percent = None
    new_reaction: Percent = None
    situation: Text = ""
    context: Context = ""
    emotions: Emotions = []
    thoughts: Text = ""
    belief: Percent = None
    traps: Traps = []
    own_trap: Line = ""
    body: Text = ""
    behaviour: Text = ""
    tool_ids: ToolIds = []
    distress_before: Percent = None
    distress_after: Percent = None
    learned: Text = ""


class Review(msgspec.Struct, kw_only=True):
    """Step 5, Rewire: what changed, what is still hard, what comes next, and the plan that it becomes."""

    trait_id: TraitId = ""
    changed: Text = ""
    still_hard: Text = ""
    next_step: Text = ""
    if_trigger: Line = ""
    then_action: Line = ""
    happened_at: Unasked


class SafetyPlan(msgspec.Struct, kw_only=True):
    """Six steps for hard times (Stanley & Brown 2012)."""

    warning_signs: Text = ""
    coping: Text = ""
    people_places: Text = ""
    ask_for_help: Text = ""
    professionals: Text = ""
    safer: Text = ""
    happened_at: Unasked


class EmotionWord(msgspec.Struct, kw_only=True):
    """A word that the person adds to the vocabulary of emotions, or one that they put away."""

    name: EmotionName
    archived: Archived = ""
    happened_at: Unasked


class NamedDevice(msgspec.Struct, kw_only=True):
    """What the person calls one of their devices; `writer` is its name in dots (SYNC.md §1)."""

    name: Name
    writer: Slug = ""
    happened_at: Unasked


class Kind(msgspec.Struct, frozen=True):
    """What both hosts know of a kind: its place in URLs and steps, the fields that can title it, its fields in order.

    `step` is "" for a kind of none; `aside` when the journal neither lists nor counts it. A new one says at least one of
    `needs`. Its form asks by `sections`, the first of them unfolded; none means all at once.
    """

    kind: str
    plural: str
    step: str
    titles: list[str]
    aside: bool
    fields: list[dict[str, Any]]
    needs: list[str] = []
    sections: dict[str, list[str]] = {}


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
    "safety_plan": SafetyPlan,
    "emotion": EmotionWord,
    "device": NamedDevice,
}


NEEDS = {"practice": ["old_reaction", "new_reaction"]}
SECTIONS = {
    "practice": {
        "moment": ["happened_at", "trait_id", "old_reaction", "new_reaction"],
        "happened": ["situation", "context"],
        "feelings": ["emotions"],
        "thoughts": ["thoughts", "belief", "traps", "own_trap"],
        "body": ["body", "behaviour"],
        "tools": ["tool_ids", "distress_before", "distress_after"],
        "learned": ["learned"],
    }
}


@functools.cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name: those of the five steps in their order, then the others."""
    about = {
        "trait": ("traits", "notice", ["name"], False),
        "lesson": ("lessons", "explore", ["what_happened", "rule_then", "rule_when", "rule_so", "keeps_alive"], False),
        "tool": ("tools", "equip", ["name"], False),
        "practice": ("practices", "practise", ["situation", "learned", "thoughts", "behaviour"], False),
        "review": ("reviews", "rewire", ["changed", "next_step", "still_hard"], False),
        "safety_plan": ("safety-plans", "", ["warning_signs", "coping", "safer"], False),
        "emotion": ("emotions", "", ["name"], True),
        "device": ("devices", "", ["name"], True),
    }
    return {
        kind: Kind(
            kind, plural, step, titles, aside, _fields(STRUCTS[kind]), NEEDS.get(kind, []), SECTIONS.get(kind, {})
        )
        for kind, (plural, step, titles, aside) in about.items()
    }


def exported() -> bytes:
    """`kinds.json` of the shell: what the phone checks its forms against."""
    return msgspec.json.encode(kinds())
