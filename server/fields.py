"""The types of a record's fields, with what both hosts know of each: its widget, its limits, its choices."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

# RFC 9557: an ISO date-time with its offset and its IANA zone, 2026-11-22T18:03:00+01:00[Europe/Madrid]
MOMENT = (
    r"^(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})(?:\[[A-Za-z0-9_+/-]{1,64}\])?$"
)

Moment = Annotated[str, Meta(pattern=MOMENT, extra={"type": "moment"})]
Unasked = Annotated[str, Meta(pattern=MOMENT, extra={"type": "moment", "unasked": True})]  # set once, at the first save
Once = Annotated[
    Annotated[str, Meta(pattern=MOMENT)] | None, Meta(extra={"type": "moment", "unasked": True})
]  # set by an action of its own, when it happens
Line = Annotated[str, Meta(max_length=500, extra={"type": "line"})]
Name = Annotated[str, Meta(min_length=1, max_length=120, extra={"type": "line", "required": True})]
Text = Annotated[str, Meta(max_length=4000, extra={"type": "text"})]
Percent = Annotated[Annotated[int, Meta(ge=0, le=100)] | None, Meta(extra={"type": "number"})]
Id = Annotated[str, Meta(max_length=64)]
TraitId = Annotated[str, Meta(max_length=64, extra={"type": "one", "of": "trait"})]
ToolIds = Annotated[list[Id], Meta(max_length=20, extra={"type": "many", "of": "tool"})]
TraitIds = Annotated[list[Id], Meta(max_length=20, extra={"type": "many", "of": "trait"})]
Slug = Annotated[str, Meta(max_length=64, extra={"type": "line", "hidden": True})]  # sent along by forms, never typed
Purpose = Annotated[Literal["", "now", "lasting"], Meta(extra={"type": "one", "choices": ["now", "lasting"]})]
CameUpAs = Annotated[
    Literal["", "memory", "thought", "feeling", "pull"],
    Meta(extra={"type": "one", "choices": ["memory", "thought", "feeling", "pull"]}),
]
State = Annotated[
    Literal["", "rested"], Meta(extra={"type": "one", "choices": ["rested"], "hidden": True})
]  # "" is active; a button of its own changes it
Archived = Annotated[Literal["", "archived"], Meta(extra={"type": "one", "choices": ["archived"]})]
CONTEXTS = ["home", "work", "study", "family", "friends", "partner", "strangers", "online", "outside", "alone"]
Context = Annotated[str, Meta(max_length=64, extra={"type": "one", "choices": CONTEXTS})]
TRAPS = [  # the usual twelve of cognitive therapy (Beck 1976, Burns 1980); what each is called and means is in words
    "all_or_nothing",
    "overgeneralising",
    "filtering",
    "discounting_the_good",
    "mind_reading",
    "fortune_telling",
    "magnifying",
    "emotional_reasoning",
    "should_statements",
    "labelling",
    "self_blame",
    "other_blame",
]
Traps = Annotated[list[Id], Meta(max_length=12, extra={"type": "many", "choices": TRAPS})]


class Emotion(msgspec.Struct):
    """One feeling by its name and how strong it was, 0–100, or null when it was not rated."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    intensity: Annotated[int, Meta(ge=0, le=100)] | None = None


Emotions = Annotated[list[Emotion], Meta(max_length=12, extra={"type": "emotions", "max_name": 60})]
EmotionName = Annotated[str, Meta(min_length=1, max_length=60, extra={"type": "line", "required": True})]
