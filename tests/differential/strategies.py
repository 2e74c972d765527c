"""Journals and requests as nobody would wish them: hostile text, wrong types, rivals, seals, and forms sent by hand."""

import json
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from server.forms import asked
from server.kinds import Kind, kinds
from server.languages import LANGUAGES
from sync.record import Record, Write, delete, is_deleted, join, new, put_back, save, shred
from tests.differential.example import IDS, NOBODY, NOON, Asked, Standing
from tests.differential.hostile import HOSTILE, LONG, WALLS, ZONES, plain, shown

DEVICES = ["phone", "laptop", "server", "constructor", "12345", "0999"]
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
moments = st.builds(
    "{}-{:02}-{:02}T{:02}:{:02}:00{}".format,
    st.sampled_from([1900, 1969, 1970, 2026, 2026, 2199]),
    st.integers(1, 12),
    st.integers(1, 31),
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["Z", "+01:00[Europe/Madrid]", "-05:00[America/New_York]", "+23:59", "+24:00", "+05:45[<]"]),
)
ids = st.sampled_from([*IDS, *IDS, NOBODY, "constructor"])
numbers = st.sampled_from([None, 0, 1, 40, 100, 101, -1, 2**53 - 1, True, "40"])
feelings = st.fixed_dictionaries({}, optional={"name": texts | numbers, "intensity": numbers})
anything: st.SearchStrategy[Any] = st.one_of(
    texts, numbers, st.lists(texts | feelings | numbers | st.just([]), max_size=4), feelings
)


def values(field: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that mostly fit the field."""
    fitting: dict[str, st.SearchStrategy[Any]] = {
        "number": st.none() | st.integers(0, 100),
        "moment": moments,
        "one": st.sampled_from(["", "constructor", *field["choices"]]) if "choices" in field else ids,
        "many": st.lists(
            st.sampled_from(["constructor", *field["choices"]]) if "choices" in field else ids, max_size=4
        ),
        "emotions": st.lists(feelings, max_size=4),
    }
    fits = fitting.get(field["type"], texts)
    return st.one_of(fits, fits, fits, anything)


KINDS = [*kinds(), *kinds(), "practice", "dream", "constructor"]
UNKNOWN = st.dictionaries(st.sampled_from(["constructor", "valueOf", "x"]), anything, max_size=1)
clocks = st.integers(NOON, NOON + 20)  # so few that devices often share a millisecond
bases: st.SearchStrategy[dict[str, int] | None] = st.none() | st.just({})


@st.composite
def records(draw: st.DrawFn, id: str) -> Record:
    """A record after a history on several devices; the first is a trait, for others to be about."""
    kind = "trait" if id == IDS[0] else draw(st.sampled_from(KINDS))
    held = base = new(id, kind)
    known = kinds().get(kind)
    fields = st.fixed_dictionaries(
        {}, optional={field["name"]: values(field) for field in known.fields} if known else {}
    )
    for _ in range(draw(st.integers(1, 5))):
        device, now = draw(st.sampled_from(DEVICES)), draw(clocks)
        match draw(st.sampled_from(["save", "save", "save", "apart", "delete", "back", "shred", "seal"])):
            case "save":
                held = save(held, device, draw(fields) | draw(UNKNOWN), now, draw(bases))
            case "apart":
                held = join(held, save(base, device, draw(fields), now))
            case "delete":
                held = delete(held, device, now)
            case "back":
                held = put_back(held, device, now)
            case "shred" if is_deleted(held):
                held = shred(held)
            case "seal":
                held = _sealed(save(held, device, {"thoughts": ""}, now))
    return held


def _sealed(record: Record) -> Record:
    *others, write = record.writes
    sealed = Write(write.by, write.at, keys=list(write.fields), box="c2VhbGVk")
    return Record(record.id, record.kind, record.seen, [*others, sealed])


@st.composite
def journals(draw: st.DrawFn) -> list[Record]:
    """A journal with a few entries of every sort, and sometimes more than a page of plain ones."""
    count = draw(st.integers(0, len(IDS)))
    odd = [draw(records(id)) for id in IDS[:count]]
    plains = draw(st.sampled_from([0, 0, 0, 31, 70]))
    return odd + [plain(n, draw(st.integers(0, 3))) for n in range(plains)]


standings = st.one_of(
    st.just(Standing()),
    st.builds(
        Standing,
        signed_in=st.just(True),
        signed_out=st.booleans(),
        email=st.sampled_from(["mara@example.org", "<mara>&'@example.org"]),
        waiting=st.sampled_from([0, 1, 2, 1234, 12345]),
        synced_at=st.sampled_from([None, 0, NOON, NOON + 999]),
        refused=st.dictionaries(
            st.sampled_from([*IDS, NOBODY]), st.sampled_from([{"code": "too_large", "detail": ""}]), max_size=2
        ),
    ),
)


@st.composite
def places(draw: st.DrawFn) -> Asked:
    """From where everything in one example is asked; the address is filled in later."""
    return Asked(
        method="GET",
        address="/",
        language=draw(st.sampled_from(LANGUAGES)),
        now=draw(st.sampled_from([NOON, NOON + 60_001, 1_774_749_600_000, 951_782_400_000])),
        zone=draw(st.sampled_from(ZONES)),
        id=IDS[7],
        nonce="bm9uY2U",
        standing=draw(standings),
    )


days = st.sampled_from(["2026-11-01", "2026-11-03", "1900-01-01", "2199-12-31", "2026-02-30"])
spots = st.builds("{}{}~{}".format, st.sampled_from(["", "0~", "1~", "2~"]), st.integers(-(10**16), 10**16), ids)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """A page with a query that somebody may have typed."""
    query = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "q": texts | st.sampled_from(["meeting 1", "ISTANBUL", "e", "breahte", "metting 1 at work"]),
                "before": texts | spots,
                "through": texts | spots,
                "further": st.sampled_from(["yes", ""]),
                "trait": ids | texts,
                "tool": ids | texts,
                "kind": st.sampled_from([*kinds(), "constructor"]),
                "reaction": st.sampled_from(["old", "new", "even", "none", "constructor"]),
                "from": days | texts,
                "to": days | texts,
                "next": texts,
                "example": st.sampled_from(["social", "constructor"]) | texts,
                "prompt": st.integers(-1, 10_001).map(str) | texts,
            },
        )
    )
    path = draw(
        st.sampled_from(
            ["/journal", "/journal", "/practise", "/quick", "/explore", "/notice", "/begin", "/sign-in", "/you"]
        )
    )
    return f"{path}?{urlencode(query)}" if query else path


@st.composite
def forms(draw: st.DrawFn, held: list[Record]) -> tuple[str, str, str]:
    """A form's address and body, and the id of the record that it is about."""
    id = draw(st.sampled_from([*(record.id for record in held[:8]), NOBODY]))
    known = next((record for record in held if record.id == id), None)
    kind = kinds().get(known.kind if known else "") if draw(st.integers(0, 9)) else None
    kind = kind or draw(st.sampled_from(list(kinds().values())))
    address = f"/{kind.plural}/{id}"
    way = draw(st.sampled_from(["edit", "edit", "edit", "create", "kept", "bin", "back", "shred"]))
    match way:
        case "edit" | "create":
            pairs = shown(kind, known) + draw(typed(kind))
            if way == "edit":
                return address, urlencode(pairs), id
            sent = draw(st.sampled_from([id, IDS[7], "", "r-1"]))
            return f"/{kind.plural}", urlencode([*pairs, ("id", sent)]), sent if len(sent) > 9 else IDS[7]
        case "kept":
            dots = (
                [(write.by, str(write.at), field) for write in known.writes for field in write.fields] if known else []
            )
            by, at, field = draw(
                st.sampled_from([*dots, *((by, at, "constructor") for by, at, _ in dots), ("phone", "1", "name")])
            )
            return f"{address}/kept", urlencode({"by": by, "at": at, "field": field}), id
        case _:
            return f"{address}/{way}", "", id


def typed(kind: Kind) -> st.SearchStrategy[list[tuple[str, str]]]:
    """What a hand, or a program, sends over that."""
    names = [field["name"] for field in asked(kind)] + [
        "emotions_1_name",
        "emotions_1_intensity",
        "emotions_w0_name",
        "constructor",
    ]
    pair = st.tuples(
        st.sampled_from(names), st.one_of(texts, st.sampled_from(WALLS), ids, st.integers(-1, 101).map(str))
    )
    vector = st.dictionaries(st.sampled_from(DEVICES), st.sampled_from([NOON, NOON + 10, 5.0, 5.5, True, "5", None]))
    hidden = st.one_of(
        st.tuples(st.just("zone"), st.sampled_from(ZONES)),
        st.tuples(
            st.just("onward"), texts | st.sampled_from(["/emotions", "/practices/{id}?saved=yes", "//x", "/a\n"])
        ),
        st.tuples(st.just("seen"), texts | vector.map(json.dumps)),
        st.tuples(st.just("was"), texts | st.dictionaries(st.sampled_from(names), anything).map(json.dumps)),
    )
    large = st.tuples(st.sampled_from(names), st.just(LONG))
    return st.one_of(
        st.lists(st.one_of(pair, pair, pair, hidden), max_size=8),
        st.lists(st.one_of(pair, hidden), max_size=3).flatmap(lambda pairs: large.map(lambda pair: [*pairs, pair])),
    )
