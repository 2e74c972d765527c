"""Bodies that no device sends, and the answer that SYNC.md §2 has for each: its code, or none where it is 200."""

import gzip
import json
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

from server.sync_body import MAX_BODY, zstd
from sync.exchange import MAX_BYTES

LEVELS = 200_000
MANY = 6300  # parts of a record that has 64 KiB
DIGITS = b"7" * 10_000


class Hostile(NamedTuple):
    name: str
    body: bytes
    code: str = ""
    coding: str = "identity"
    refused: tuple[str, ...] = ()  # records of it, by their codes


def hostile() -> Iterator[Hostile]:
    """All of them, each with records of its own."""
    yield from _deep()
    yield from _malformed()
    yield from _of_the_greatest_size()
    yield from _bombs()
    yield from _refused()


def _deep() -> Iterator[Hostile]:
    for opening, closing, name in ((b"[", b"]", "lists"), (b'{"a":', b"}", "objects")):
        deep = opening * LEVELS + b"1" + closing * LEVELS
        places = {
            "a message": deep,
            "its records": asking(members=b'"records":' + deep),
            "a record": asking(deep),
            "a write": asking(record(write=deep)),
            "a value": asking(record(fields=b'"a":' + deep)),
            "a member that nobody knows": asking(members=b'"new":' + deep),
            "a member of a record that nobody knows": asking(b'{"id":"a","new":%b}' % deep),
            "an epoch": asking(members=b'"epoch":' + deep),
        }
        for place, body in places.items():
            yield Hostile(f"{name} within {name} for {place}", body, "malformed")
            yield Hostile(f"{name} without an end for {place}", body[: len(body) // 2], "malformed")


def _malformed() -> Iterator[Hostile]:
    members = {
        "v": [b"2", b"0", b"-1", b"1.0", b'"1"', b"null", b"true", b"[]", b"NaN", DIGITS],
        "device": [b"7", b"null", b'""', b'"abc"', b'"Phone"', b'"server"', b'"%b"' % (b"a" * 33), b'"a\\ud800aa"'],
        "epoch": [b"7", b"[]", b"{}", b"false", b'"\\udfff"', b'"\xff"', b'"\xed\xa0\x80"'],
        "cursor": [b"-1", b"0.5", b'"0"', b"null", b"1e400", b"-" + DIGITS, DIGITS, b"Infinity", b"[]"],
        "limit": [b"0", b"-1", b"1.5", b'"1"', b"null", b"{}", DIGITS],
        "records": [
            b"null",
            b"{}",
            b'"a"',
            b"7",
            b"[1]",
            b"[null]",
            b"[[]]",
            b"[{}]",
            b'[{"id":7}]',
            b"[1,2,]",
            b"[NaN]",
        ],
    }
    for name, values in members.items():
        for value in values:
            yield Hostile(f"{name} {value[:20]!r}", asking(members=b'"%b":%b' % (name.encode(), value)), "malformed")
    for value in (b"NaN", b"-Infinity", b'"\\ud800"', b'"\\udc00\\ud800"', b'"\xc3"', b'"\t"', b"01", b"'a'"):
        yield Hostile(f"a value {value!r}", asking(record(), record(fields=b'"a":' + value)), "malformed")
    for body in (
        b"",
        b" ",
        b"\xef\xbb\xbf{}",
        b"\x00",
        b"{}{}",
        asking() + b"x",
        asking()[:-1],
        asking().decode().encode("utf-16"),
    ):
        yield Hostile(f"the bytes {body[:20]!r}", body, "malformed")


def _of_the_greatest_size() -> Iterator[Hostile]:
    whole = asking()
    for size, code in ((MAX_BODY, ""), (MAX_BODY + 1, "too_large")):
        body = whole + b" " * (size - len(whole))
        yield Hostile(f"{size} bytes", body, code)
        yield Hostile(f"{size} bytes as gzip", gzip.compress(body), code, "gzip")
        yield Hostile(f"{size} bytes as zstd", zstd.compress(body), code, "zstd")
    yield Hostile("2,000 records", asking(*[record() for _ in range(2000)]))
    yield Hostile("2,001 records", asking(*[record() for _ in range(2001)]), "too_large")
    yield Hostile("four million records", asking(*[b"1"] * (MAX_BODY // 2 - 100)), "too_large")
    yield Hostile("a million members", asking(members=b",".join(b'"m%06d":1' % n for n in range(650_000))))
    yield Hostile("two million strings", asking(members=b'"new":[%b""]' % (b'"",' * 2_700_000)))
    yield Hostile(
        "a text that takes four bytes for each letter",
        asking(members=b'"new":"%b\xf0\x9f\x98\x80"' % (b"a" * 8_000_000)),
    )
    for name, parts in (
        ("many fields", {"fields": b",".join(b'"a%d":1' % n for n in range(MANY))}),
        ("many writes", {"more": b"".join(b',{"by":"phone","at":%d,"set":{"a":1}}' % n for n in range(2, 1500))}),
        ("many devices", {"seen": b"".join(b',"a%03d":1' % n for n in range(MANY))}),
        ("many lists", {"fields": b'"a":[%b[]]' % (b"[]," * 3 * MANY)}),
    ):
        yield Hostile(f"125 records of {name}", asking(*[record(**parts) for _ in range(125)]))


def _bombs() -> Iterator[Hostile]:
    zeros = bytes(256 * 1024 * 1024)
    yield Hostile("a gzip bomb", gzip.compress(zeros), "too_large", "gzip")
    yield Hostile("a zstd bomb", zstd.compress(zeros), "too_large", "zstd")
    twice = gzip.compress(asking()) * 2
    yield Hostile("gzip of two members", twice, "malformed", "gzip")
    yield Hostile("a thousand small bombs in a row", gzip.compress(bytes(8000)) * 1000, "malformed", "gzip")
    for coding, body in (("gzip", gzip.compress(asking())), ("zstd", zstd.compress(asking()))):
        yield Hostile(f"{coding} without its end", body[:-3], "malformed", coding)
        yield Hostile(f"{coding} that goes on", body + b"more", "malformed", coding)
        yield Hostile(f"{coding} of nothing", b"", "malformed", coding)
        yield Hostile(f"{coding} called {coding}, {coding}", body, "malformed", f"{coding}, {coding}")


def _refused() -> Iterator[Hostile]:
    room = MAX_BYTES - len(record(fields=b'"a":""'))
    yield Hostile("a record of 64 KiB", asking(record(fields=b'"a":"%b"' % (b"x" * room))))
    too_large = record(fields=b'"a":"%b"' % (b"x" * (room + 1)))
    yield Hostile("a record of 64 KiB and a byte", asking(too_large), refused=("too_large",))
    bad = [
        *(record(fields=b'"a":' + value) for value in (b"9007199254740992", DIGITS, b"0.5", b"1e400", b"-1e999")),
        *(record(at=at) for at in (b"0", b"-1", b"8640000000000001", DIGITS, b"1.5", b'"1"', b"null")),
        record(fields=b'"__proto__":1'),
        record(fields=b""),
        record(fields=b'"a":%b' % record()).replace(b'"id"', b'"i-d"', 2).replace(b'"i-d"', b'"id"', 1),
        record(more=b',{"by":"phone","at":1,"set":{"b":1}}'),
        record(more=b',{"by":"laptop","at":1,"set":{"b":1}}'),
        record(more=b',{"by":"phone","at":1,"keys":["deleted"],"box":"x"}'),
        record().replace(b'"kind"', b'"new":1,"kind"'),
        b'{"id":"a journal of its own"}',
    ]
    yield Hostile("records that break a rule", asking(*bad), refused=("bad_record",) * len(bad))
    twice = asking(record(fields=b'"a":1,"a":2'), members=b'"v":1,"v":1')
    yield Hostile("keys that stand twice", twice)


def asking(*records: bytes, members: bytes = b"") -> bytes:
    """Write a request, its members over the usual ones."""
    named = {b"v": b"1", b"device": b'"phone"', b"limit": b"1", b"records": b"[%b]" % b",".join(records)}
    usual = [b'"%b":%b' % (name, value) for name, value in named.items() if not members.startswith(b'"%b":' % name)]
    return b"{%b}" % b",".join([*usual, members] if members else usual)


def record(
    fields: bytes = b'"a":1', *, at: bytes = b"1", seen: bytes = b"", more: bytes = b"", write: bytes = b""
) -> bytes:
    """Write a record, as it should be but for what is given."""
    write = write or b'{"by":"phone","at":%b,"set":{%b}}' % (at, fields)
    about = json.dumps(str(uuid4())).encode()
    greatest = b"%d" % more.count(b"{") if b'"at":2,' in more else b"1"
    return b'{"id":%b,"kind":"trait","seen":{"phone":%b%b},"writes":[%b%b]}' % (about, greatest, seen, write, more)
