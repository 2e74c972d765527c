"""Text that nobody would wish for, and journals that are steeped in it."""

from server.actions import was_of
from server.entries import read_entry
from server.kinds import Kind, kinds
from sync.canonical import canonical
from sync.record import Record, new, save
from tests.differential.example import IDS, NOON

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


def shown(kind: Kind, record: Record | None) -> list[tuple[str, str]]:
    """What the form's page holds before anybody types."""
    entry = read_entry(record) if record and record.kind == kind.kind else None
    was = was_of(kind, entry)
    pairs = [(name, value) for name, value in was.items() if isinstance(value, str)]
    pairs += [("tool_ids", each) for each in was.get("tool_ids", [])]
    for row, (name, intensity) in enumerate(was.get("emotions", [])):
        pairs += [(f"emotions_{row}_name", name), (f"emotions_{row}_intensity", intensity)]
    return [
        *pairs,
        ("seen", canonical(entry.seen).decode() if entry else ""),
        ("was", canonical(was).decode() if entry else ""),
    ]
