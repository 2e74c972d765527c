"""What each month of a kind says."""

from server.digests import digests
from server.entries import Entry
from server.journal import Journal
from sync.record import new, save


def test_each_month_says_what_its_live_entries_do_the_latest_first() -> None:
    days = [
        "2026-01-31T23:30:00-02:00",
        "2026-01-31T23:30:00+00:00",
        "1900-01-01T00:00:00+01:00",
        "2026-02-28T12:00:00Z",
    ]
    records = [save(new(f"{at}", "trait"), "phone", {"happened_at": day}, 1) for at, day in enumerate(days)]
    other = save(new("other", "lesson"), "phone", {"happened_at": days[0]}, 1)

    said = digests(Journal([*records, other]), "trait", _ids)

    assert said == [["3", "0"], ["1"], ["2"]]  # a month is one in UTC


def _ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]
