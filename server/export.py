"""A whole journal as one file. Twin: web/phone/export.js."""

from collections.abc import Iterable

from sync.record import Record, encode


def exported_journal(records: Iterable[Record]) -> bytes:
    """The records as JSON, each in its canonical bytes, in the order of their ids."""
    by_id = sorted(records, key=lambda each: each.id)
    return b'{"records":[' + b",".join(encode(record) for record in by_id) + b"]}"
