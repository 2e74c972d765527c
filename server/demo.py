"""An invented journal of one year, to look around in and to weigh the app with. Its words are in demo.<language>.json."""

import math
import random
import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from server import moments
from server.languages import ENGLISH
from server.storage import Storage
from sync.record import Record, new, save

DEVICE = "demo"
DAYS = 365
HOUR = 3_600_000  # ms, like every time here
DAY = 24 * HOUR
STARTS = (0, 18, 75, 130)  # the day on which each trait is noticed
AWAY = range(196, 211)  # two weeks without an entry: the app says welcome back
SETBACKS = ((95, 9, 0.35), (215, 12, 0.5), (300, 7, 0.25))  # day, width in days, depth
REVIEWED = 85  # days
WAKING = (8, 23)  # hours
NOTICED = ("came_up_as", "came_up", "name", "shows_up", "protected", "costs", "instead")

Fields = dict[str, Any]


class Trait(msgspec.Struct):
    came_up_as: str
    came_up: str
    name: str
    shows_up: str
    protected: str
    costs: str
    instead: str
    lessons: list[dict[str, str]]
    sets_off: list[int]  # which traits, by their place; each was noticed before
    situations: list[tuple[str, str, str]]  # what happened, the old behaviour, the new one
    contexts: list[str]  # of each situation
    thoughts: list[str]
    traps: list[str]
    body: list[str]
    learned: list[str]
    setback: list[str]  # what is learned where the old reaction won
    emotions: list[str]  # the last two are what eases
    tools: list[int]


class Words(msgspec.Struct):
    zone: str
    people: list[str]
    traits: list[Trait]
    tools: list[dict[str, str]]
    reviews: list[list[dict[str, str]]]  # by how far the trait has come, then by trait
    safety_plan: dict[str, str]


async def add_demo(storage: Storage, account: str, records: list[Record]) -> None:
    """Put the invented records into an account's journal; the same ones again change nothing."""
    await storage.exchange(account, records, None, 0, 1)


def invent(seed: int, entries: int, until: date, language: str = ENGLISH) -> list[Record]:
    """Invent the year before `until`; the same arguments give the same records, oldest first."""
    # One journal may be given the same year in two languages: their records are not the same ones.
    told = seed if language == ENGLISH else f"{seed} {language}"
    return Year(random.Random(told), until, words(language)).records(entries)  # noqa: S311 (a story, not a secret)


class Year:
    def __init__(self, chance: random.Random, until: date, words: Words) -> None:
        first = until - timedelta(DAYS)
        self.chance = chance
        self.words = words
        self.start = int(datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(words.zone)).timestamp()) * 1000
        self.found: list[tuple[int, Record]] = []
        self.tool_ids: dict[int, str] = {}

    def records(self, entries: int) -> list[Record]:
        """Tell the year: what is noticed, explored and chosen, then as many practices as there is room for."""
        trait_ids: list[str] = []
        for trait, day in zip(self.words.traits, STARTS, strict=True):
            trait_ids.append(self._notice(trait, day, trait_ids))
        self._write("safety_plan", STARTS[-1] + 1, dict(self.words.safety_plan))
        for _ in range(entries - len(self.found)):
            number = self.chance.choices(range(len(trait_ids)), weights=[DAYS - day for day in STARTS])[0]
            self._practise(self.words.traits[number], trait_ids[number], STARTS[number])
        self.found.sort(key=lambda each: (each[0], each[1].id))
        return [record for _, record in self.found[:entries]]

    def _notice(self, trait: Trait, day: int, others: list[str]) -> str:
        trait_id = self._write("trait", day, {field: getattr(trait, field) for field in NOTICED})
        sets_off = [others[number] for number in trait.sets_off]
        for number, lesson in enumerate(trait.lessons):
            self._write("lesson", day + 2 + number, {"trait_id": trait_id, **lesson, "sets_off": sets_off})
        for number in trait.tools:
            if number not in self.tool_ids:
                self.tool_ids[number] = self._write(
                    "tool", day + 4, dict(self.words.tools[number]), rehearsed=self.chance.random() < 0.7
                )
        for stage, day_of_review in zip(self.words.reviews, range(day + REVIEWED, DAYS - 1, REVIEWED), strict=False):
            self._write("review", day_of_review, {"trait_id": trait_id, **stage[STARTS.index(day)]})
        return trait_id

    def _practise(self, trait: Trait, trait_id: str, noticed: int) -> None:
        day = self.chance.choice([day for day in range(noticed + 5, DAYS - 1) if day not in AWAY])
        old, new = self._reactions((day - noticed) / (DAYS - noticed), day)
        fields = {"trait_id": trait_id, "old_reaction": old, "new_reaction": new}
        if self.chance.random() < 0.2:  # the quick log: two taps
            self._write("practice", day, fields)
            return
        is_new = self.chance.random() * (old + new) < new
        who = self.chance.choice(self.words.people)
        learned = self.chance.choice(trait.learned if is_new else trait.setback)
        self._write(
            "practice",
            day,
            {**fields, **self._moment(trait, is_new=is_new)},
            later={"learned": learned} if self.chance.random() < 0.8 else {},
            who=who,
        )

    def _reactions(self, progress: float, day: int) -> tuple[int, int]:
        """The old reaction weakens and the new one grows, with setbacks, and no two days are alike."""
        for middle, width, depth in SETBACKS:
            progress -= depth * math.exp(-(((day - middle) / width) ** 2))
        return self._percent(84 - 52 * progress, 9), self._percent(14 + 62 * progress, 10)

    def _moment(self, trait: Trait, *, is_new: bool) -> Fields:
        place = self.chance.randrange(len(trait.situations))
        situation, old_behaviour, new_behaviour = trait.situations[place]
        before = self._percent(68, 12)
        tools = self.chance.sample(
            trait.tools, self.chance.choice((0, 1, 1, 2)) if is_new else self.chance.choice((0, 0, 1))
        )
        *heavy, _, _ = trait.emotions
        emotions = self.chance.sample(heavy, 2) + ([self.chance.choice(trait.emotions[-2:])] if is_new else [])
        return {
            "situation": situation,
            "context": trait.contexts[place],
            "emotions": [{"name": name, "intensity": self._percent(58, 16)} for name in emotions],
            "thoughts": self.chance.choice(trait.thoughts),
            "belief": self._percent(60 if is_new else 78, 12),
            "traps": self.chance.sample(trait.traps, self.chance.choice((0, 0, 1))),
            "body": self.chance.choice(trait.body),
            "behaviour": new_behaviour if is_new else old_behaviour,
            "tool_ids": [self.tool_ids[number] for number in tools],
            "distress_before": before,
            "distress_after": self._percent(before - (26 if is_new else 8) - 6 * len(tools), 6),
        }

    def _percent(self, middle: float, spread: float) -> int:
        return max(0, min(100, round(self.chance.gauss(middle, spread) / 5) * 5))

    def _write(
        self,
        kind: str,
        day: int,
        fields: Fields,
        later: Fields | None = None,
        who: str = "",
        *,
        rehearsed: bool = False,
    ) -> str:
        """Write a record on a day of the year, at some waking hour; `later` is added the next morning."""
        record_id = str(UUID(int=self.chance.getrandbits(128), version=4))
        written = self.start + day * DAY + self.chance.randrange(WAKING[0] * HOUR, WAKING[1] * HOUR, 60_000)
        happened = {"happened_at": moments.now_in(written, self.words.zone)}
        if rehearsed:
            happened["rehearsed_at"] = moments.now_in(written + HOUR, self.words.zone)
        record = save(new(record_id, kind), DEVICE, _about({**fields, **happened}, who), written)
        if later:
            record = save(record, DEVICE, _about(later, who), written + self.chance.randrange(HOUR, 10 * HOUR, 1000))
        self.found.append((written, record))
        return record_id


def _about(fields: Fields, who: str) -> Fields:
    return {name: _told(value, who) if isinstance(value, str) else value for name, value in fields.items()}


def _told(text: str, who: str) -> str:
    """Put a person into a text, with a capital letter where a sentence begins."""
    text = re.sub(r"(^|[.?!] )\{who\}", lambda begin: begin[1] + who[:1].upper() + who[1:], text)
    return text.replace("{who}", who)


@cache
def words(language: str) -> Words:
    """Read the story's words."""
    return msgspec.json.decode(Path(__file__).with_name(f"demo.{language}.json").read_bytes(), type=Words)
