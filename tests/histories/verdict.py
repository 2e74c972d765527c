"""What has to hold when everybody could talk to everybody again."""

import json

from sync.record import decode, is_deleted, read
from tests.histories.ledger import SERVER
from tests.histories.lines import Wrong
from tests.histories.oracle import value_text
from tests.histories.steps import LARGE, RECORDS, Act, Exchange
from tests.histories.world import World

MOST_ROUNDS = 12
QUIET = Exchange([], 3, 500, None)


def judge(world: World) -> None:
    """Let everybody exchange until it is quiet, and see that all is well."""
    world.heal()
    _exchange_until_quiet(world)
    if _shorten(world):
        _exchange_until_quiet(world)
    _replicas_are_equal(world)
    _server_is_as_the_oracle_says(world)
    _nothing_is_lost(world)
    _replay_changes_nothing(world)


def _exchange_until_quiet(world: World) -> None:
    for _ in range(MOST_ROUNDS):
        before = world.server.newest(), _texts(world)
        for place in world.devices:
            world.exchange(place, QUIET)
        if before == (world.server.newest(), _texts(world)):
            return
    raise Wrong("it is never quiet")


def _texts(world: World) -> list[tuple[str, str, bytes, bool]]:
    rows = ((place, device.held()) for place, device in world.devices.items())
    return [(place, record, row.text, row.dirty) for place, held in rows for record, row in sorted(held.items())]


def _shorten(world: World) -> bool:
    """A person reads that a record is too large for the server, and shortens it."""
    short = False
    for place, device in world.devices.items():
        for record, row in sorted(device.held().items()):
            long = [field for field, standing in read(decode(row.text)).items() if _is_long(standing.value)]
            if row.refused and long:
                world.act(place, Act("save", RECORDS.index(record), dict.fromkeys(long, "shorter")))
                short = True
    return short


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) >= LARGE


def _replicas_are_equal(world: World) -> None:
    at_server = world.server.held()
    for place, device in world.devices.items():
        held = device.held()
        for record in held.keys() | at_server.keys():
            row = held.get(record)
            if row and row.refused and record in world.lines.disputed:
                world.check(place, record, row.text)  # kept with all its words, and said to be
            elif not row or row.dirty or row.refused or row.text != at_server.get(record):
                raise Wrong(f"{place} holds of {record[-1]} {row}, the server {at_server.get(record)!r}")


def _server_is_as_the_oracle_says(world: World) -> None:
    oracle = world.ledger.oracle
    for record, text in world.server.held().items():
        world.check(SERVER, record, text)
        known = world.ledger.known(SERVER, record)
        if is_deleted(decode(text)) != oracle.is_deleted(known):
            raise Wrong(f"{record[-1]} is deleted for one and not for the other: {text!r}")
        for field, standing in read(decode(text)).items():
            values = [value_text(field, value) for value in (standing.value, *(each.value for each in standing.rivals))]
            expected = {value for shown in oracle.shown(known) for name, value in shown if name == field}
            if set(values) != expected - _boxes(text):
                raise Wrong(f"{field} of {record[-1]} reads {values}, not {expected}")


def _boxes(text: bytes) -> set[str]:
    return {write["box"] for write in json.loads(text)["writes"] if "box" in write}


def _nothing_is_lost(world: World) -> None:
    """A save may be gone only when every place that ever had it was set back to before it."""
    ledger = world.ledger
    refused = (
        number
        for place, device in world.devices.items()
        for record, row in device.held().items()
        if row.refused
        for number in ledger.known(place, record)
    )
    at_server = (number for record in RECORDS for number in ledger.known(SERVER, record))
    kept = ledger.origins([*at_server, *refused])
    everything = ledger.origins(range(len(ledger.oracle.saves)))
    if lost := everything - kept - ledger.excused:
        raise Wrong(f"lost: {[ledger.oracle.saves[number] for number in lost]}")


def _replay_changes_nothing(world: World) -> None:
    before = world.server.held(), world.server.newest()
    for packet in world.lines.arrived:
        world.server.answer(packet.body)
    if before != (world.server.held(), world.server.newest()):
        raise Wrong("a replay changed something")
