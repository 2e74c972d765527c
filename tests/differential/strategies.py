"""Journals and requests as nobody would wish them: hostile text, wrong types, rivals, seals, and forms sent by hand."""

from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from server.actions import was_of
from server.entries import read_entry
from server.forms import asked
from server.kinds import Kind, kinds
from server.views.form import plain_json
from server.words import LANGUAGES
from sync.record import Record, Write, delete, is_deleted, join, new, put_back, save, shred
from tests.differential.example import IDS, NOBODY, NOON, Asked, Standing

DEVICES = ["phone", "laptop", "server", "constructor", "12345", "0999"]
ZONES = ["", "UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Mars/Olympus", "<b>"]
HOSTILE = [
    "<script>alert(1)</script>",
    "\"quotes\" & 'apostrophes' &amp; &#34;",
    "{count} {name} {{ 1 }} {% if %} $& $1 \\1 %s",
    "👩‍👩‍👧‍👦 🙂 𝔘𝔫𝔩𝔢𝔞𝔯𝔫",
    "\u202eشيء ما\u202c עברית",
    "nul\0 bell\a esc\x1b del\x7f c1\x85 \u2028 \u2029 \ufeff",
    " \t\r\n \n",
    "  \r\n a \r b \n\n c\t ",
    "\x1c\x1f\u00a0\u1680\u3000",
    "İstanbul ΟΔΟΣ Straße ﬁ ① Ǆ é e\u0301",
    "x" * 90,
    "🙂" * 91,
    "é<" * 2001,
    "__proto__",
    "constructor",
    "0",
    "-0",
    "007",
    "100",
    "101",
    "7.5",
    "1e2",
    "now",
    "2026-03-29T02:30:00+01:00[Europe/Madrid]",
    "2026-02-30T10:00:00Z",
    "1900-01-01T00:00:00Z",
    "2199-12-31T23:59:59.999999999-23:59[Etc/GMT+12]",
    "2026-11-22T24:00:00Z",
    "2026-11-22T18:03:00+01:00[Europe/Madrid]\n",
]
WALLS = [
    "2026-03-29T02:30",
    "2026-10-25T02:30",
    "2011-12-30T12:00",
    "1899-12-31T23:59",
    "2026-11-22T18:03:59.5",
    "2026-13-01T00:00",
]
LONG = "🙂<é>& " * 8000  # 64,000 code units and far more bytes

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
        "one": st.sampled_from(["", "now", "lasting", "constructor"]) if "choices" in field else ids,
        "many": st.lists(ids, max_size=4),
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


def steeped(text: str, moment: str = "") -> list[Record]:
    """An entry of each kind that says the same wherever it says something."""
    steeped = {
        "one": IDS[0],
        "many": [IDS[0], text],
        "emotions": [{"name": text, "intensity": 40}, {"name": text, "intensity": None}],
        "number": 40,
        "moment": moment or text,
    }
    held = []
    for id, kind in zip(IDS, kinds().values(), strict=False):
        fields = {
            field["name"]: text if "choices" in field else steeped.get(field["type"], text) for field in kind.fields
        }
        other = save(new(id, kind.kind), "laptop", {kind.titles[0]: "something else"}, NOON)
        held.append(save(other, "phone", fields, NOON, base={}))
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


def plain(n: int, day: int) -> Record:
    """An entry as people write them."""
    record = new(f"01938f6e-0000-7000-9000-{n:012}", "tool" if n % 2 else "practice")
    fields = {
        "name": f"Breathe {n}",
        "situation": f"Meeting {n}",
        "trait_id": IDS[0],
        "old_reaction": n,
        "happened_at": f"2026-11-0{day + 1}T10:00:00Z",
    }
    return save(record, "phone", fields, NOON)


standings = st.one_of(
    st.just(Standing()),
    st.builds(
        Standing,
        signed_in=st.just(True),
        signed_out=st.booleans(),
        email=st.sampled_from(["mara@example.org", "<mara>&'@example.org"]),
        waiting=st.sampled_from([0, 1, 2, 1234, 12345]),
        synced_at=st.sampled_from([0, NOON, NOON + 999]),
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


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """A page with a query that somebody may have typed."""
    query = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "q": texts | st.sampled_from(["meeting 1", "ISTANBUL", "e"]),
                "before": texts | st.builds("{}~{}".format, st.integers(-(10**16), 10**16), ids),
                "trait": ids | texts,
                "next": texts,
            },
        )
    )
    path = draw(st.sampled_from(["/journal", "/journal", "/practise", "/explore", "/sign-in", "/you"]))
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


def shown(kind: Kind, record: Record | None) -> list[tuple[str, str]]:
    """What the form's page holds before anybody types."""
    entry = read_entry(record) if record and record.kind == kind.kind else None
    was = was_of(kind, entry)
    pairs = [(name, value) for name, value in was.items() if isinstance(value, str)]
    pairs += [("tool_ids", each) for each in was.get("tool_ids", [])]
    for name, intensity in was.get("emotions", []):
        pairs += [("emotions_name", name), ("emotions_intensity", intensity)]
    return [*pairs, ("seen", plain_json(entry.seen) if entry else ""), ("was", plain_json(was) if entry else "")]


def typed(kind: Kind) -> st.SearchStrategy[list[tuple[str, str]]]:
    """What a hand, or a program, sends over that."""
    names = [field["name"] for field in asked(kind)] + ["emotions_name", "emotions_intensity", "constructor"]
    pair = st.tuples(
        st.sampled_from(names), st.one_of(texts, st.sampled_from(WALLS), ids, st.integers(-1, 101).map(str))
    )
    vector = st.dictionaries(st.sampled_from(DEVICES), st.sampled_from([NOON, NOON + 10, 5.0, 5.5, True, "5", None]))
    hidden = st.one_of(
        st.tuples(st.just("zone"), st.sampled_from(ZONES)),
        st.tuples(st.just("seen"), texts | vector.map(plain_json)),
        st.tuples(st.just("was"), texts | st.dictionaries(st.sampled_from(names), anything).map(plain_json)),
    )
    large = st.tuples(st.sampled_from(names), st.just(LONG))
    return st.one_of(
        st.lists(st.one_of(pair, pair, pair, hidden), max_size=8),
        st.lists(st.one_of(pair, hidden), max_size=3).flatmap(lambda pairs: large.map(lambda pair: [*pairs, pair])),
    )
