"""What is promised for each figure of the sync layer, and what the best peers take, at 10,000 records: issue 3."""

from tests.bench.figures import YES_OR_NO, Figure

PROMISED_AT = 10_000  # records: there the peers were measured, with their own clients, on a machine of two cores

PROMISES: dict[str, tuple[float, str]] = {
    "upload from empty": (450, "Anki 806 ms; Yjs 903 ms; PouchDB 2.6 s"),
    "upload from empty, bytes both ways": (1.85, "Anki 1.95 MB; Yjs 15 MB"),
    "upload from empty, server's CPU": (250, "Anki 540 ms"),
    "download by a fresh device": (150, "Anki 165 ms; Yjs 655 ms; TinyBase 2.0 s"),
    "download by a fresh device, bytes both ways": (1.9, "Anki 2.28 MB"),
    "download by a fresh device, server's CPU": (100, "Anki 80 ms"),
    "upload, phone link": (3300, "Automerge 6.8 s; Anki 12.7 s; Yjs 16.8 s"),
    "download, phone link": (1100, "Anki 1.2 s; Yjs 3.9 s"),
    "one edit, both ask once": (5, "Anki 12 ms; Actual 17 ms; Yjs 35 ms"),
    "one edit, both ask once, bytes both ways": (1200, "Yjs 1,300 B; Anki 7,700 B"),
    "one edit, both ask once, 100 ms round trip": (212, "Actual 220 ms; Yjs 620 ms; Anki 1,438 ms"),
    "one edit, live": (6, "Yjs 2 ms; TinyBase 2 ms; PouchDB 27 ms"),
    "nothing to do": (0.7, "Anki 0.7 ms; TinyBase 5 ms"),
    "nothing to do, bytes both ways": (450, "Anki 500 B"),
    "server's peak memory": (110, "Anki 80 MB; Actual 260 MB"),
    "same field edited offline, both kept": (1, "PouchDB hides one; Anki, Actual, Yjs, TinyBase lose one"),
}


def promised(name: str, size: int, value: float, unit: str) -> Figure:
    """Put a figure beside its promise; at other sizes it is there to be known."""
    limit, peers = PROMISES.get(name, (None, ""))
    if size != PROMISED_AT:
        limit, peers = None, ""
    if unit == YES_OR_NO:
        return Figure(name, value, unit, at_least=limit, size=size, best_peer=peers)
    return Figure(name, value, unit, limit, size=size, best_peer=peers)
