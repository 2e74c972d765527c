"""What can happen in a history. A seed draws the same steps whoever walks them: they are plain data."""

from random import Random
from typing import Any, Literal, NamedTuple

STEPS = 50
RECORDS = [f"01938f6e-0000-7000-8000-{n:012d}" for n in range(1, 5)]
KINDS = ["practice", "trait", "practice", "dream"]  # of each record; this version knows nothing of dreams
FIELDS = ["situation", "learned", "costs", "lucid"]  # nor of what is lucid
SHARED = ["", "calm", 0, 1, True, None, [1, {"name": "fear"}], "mañana 🌊\u2028", 2**53 - 1]
LARGE = 40_000  # characters: one such value fits into a record, two do not
TEN_YEARS = 10 * 365 * 24 * 60 * 60 * 1000

Fault = Literal["none", "request lost", "answer lost", "sent twice", "comes late", "crash after commit"]
FAULTS: list[Fault] = ["none"] * 6 + ["request lost", "answer lost", "answer lost", "sent twice", "comes late"]  # type: ignore[assignment] # a list of literals


class Act(NamedTuple):
    """What a person does to a record on a device, or on the server's own pages."""

    do: Literal["save", "seal", "delete", "put back", "shred", "keep"]
    record: int
    fields: dict[str, Any]
    on_form: bool = False  # of the page that was opened earlier, and shows what was known then
    other_kind: bool = False


class Exchange(NamedTuple):
    faults: list[Fault]  # of the first requests; those after them arrive
    limit: int
    most: int  # records in one push
    meanwhile: Act | None  # saved while the first request is on its way


class Clock(NamedTuple):
    ahead: int  # ms
    stands: bool


Happening = Literal[
    "form opened",
    "goes away",
    "comes back",
    "restarted",
    "signed out",
    "signed in",
    "copied",
    "restored from copy",
    "server backed up",
    "server restored",
    "late request arrives",
]
HAPPENINGS: dict[Happening, int] = {
    "form opened": 8,
    "goes away": 3,
    "comes back": 5,
    "restarted": 4,
    "signed out": 2,
    "signed in": 4,
    "copied": 5,
    "restored from copy": 6,
    "server backed up": 3,
    "server restored": 2,
    "late request arrives": 5,
}


class Step(NamedTuple):
    device: int
    what: Act | Exchange | Clock | Happening
    at_server: bool = False  # the act is the server's own
    passes: int = 0  # ms until the next step


class History(NamedTuple):
    seed: int
    devices: int
    steps: list[Step]


def draw(seed: int, length: int = STEPS) -> History:
    """Draw the history of this seed, always the same."""
    random = Random(seed)  # noqa: S311 - chance that comes out the same again
    devices = random.randint(2, 5)
    return History(seed, devices, [_step(random, devices, f"{n}") for n in range(length)])


def _step(random: Random, devices: int, name: str) -> Step:
    device = random.randrange(devices)
    passes = random.choice([0, 0, 1, 3, 1000, 60_000, 10**7])
    part = random.random()
    if part < 0.40:
        return Step(device, _act(random, name), passes=passes)
    if part < 0.44:
        return Step(device, _act(random, name), at_server=True, passes=passes)
    if part < 0.74:
        return Step(device, _exchange(random, name), passes=passes)
    if part < 0.80:
        return Step(device, _clock(random), passes=passes)
    (happening,) = random.choices(list(HAPPENINGS), list(HAPPENINGS.values()))
    return Step(device, happening, passes=passes)


def _act(random: Random, name: str) -> Act:
    record = random.choice([0, 0, 0, 1, 1, 2, 3])
    chances = {"save": 22, "seal": 4, "delete": 6, "put back": 3, "shred": 6, "keep": 5}
    (do,) = random.choices(list(chances), list(chances.values()))
    fields = random.sample(FIELDS, random.choice([1, 1, 2, 3]))
    values = {field: _value(random, f"{field} {name}") for field in fields}
    return Act(do, record, values, on_form=random.random() < 0.25, other_kind=random.random() < 0.01)  # type: ignore[arg-type] # the keys above


def _value(random: Random, own: str) -> Any:
    part = random.random()
    if part < 0.01:
        return own.ljust(LARGE, ".")
    return random.choice(SHARED) if part < 0.2 else own


def _exchange(random: Random, name: str) -> Exchange:
    faults = random.choices(FAULTS, k=random.choice([0, 1, 2, 3]))
    if random.random() < 0.02:
        faults.append("crash after commit")
    meanwhile = _act(random, f"{name}, on the way") if random.random() < 0.15 else None
    return Exchange(faults, random.choice([1, 2, 3, 1000]), random.choice([1, 2, 500]), meanwhile)


def _clock(random: Random) -> Clock:
    ahead = random.choice([0, TEN_YEARS, -TEN_YEARS, random.randint(-(10**6), 10**6)])
    return Clock(ahead, stands=random.random() < 0.3)
