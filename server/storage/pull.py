"""What every database's exchange has in common: whose cursor is good, and which records make an answer."""

import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from server.storage import EpochChanged
from sync.exchange import Joined
from sync.record import SERVER, Record

MAX_ANSWER = 8 * 1024 * 1024  # bytes of records; the rest waits for the next call
EPOCH_BYTES = 6  # enough to tell a journal's few lives apart
RESTORED = "restored"  # how an epoch begins that a restore made; hexadecimal digits follow

Row = tuple[str, int, bytes]  # id, number, state


class Pull(NamedTuple):
    """What a device asks for: at most `limit` records after its cursor."""

    epoch: str | None
    cursor: int
    limit: int


def new_epoch() -> str:
    """Name the first life of a journal."""
    return secrets.token_urlsafe(EPOCH_BYTES)


def writer_in(epoch: str) -> str:
    """Name the server's own saves: another name after each restore, for it has forgotten some that devices know."""
    return SERVER + epoch.removeprefix(RESTORED) if epoch.startswith(RESTORED) else SERVER


def check_epoch(pull: Pull, epoch: str, newest: int) -> None:
    """Pass a cursor of this life of the journal, or raise EpochChanged."""
    is_first = pull.epoch is None and pull.cursor == 0
    if (pull.epoch != epoch and not is_first) or pull.cursor > newest:
        raise EpochChanged


def echoes(push: Sequence[Record], joined: Joined) -> set[str]:
    """Name the pushed records that the device has as they are stored now."""
    return {record.id for record in push} - joined.differing - {refusal.id for refusal in joined.refused}


def page(
    rows: Iterable[Row], skipped: set[str], limit: int, newest: int, most: int = MAX_ANSWER
) -> tuple[list[bytes], int, bool]:
    """Take as many rows as an answer may have: their states, the cursor after them, and whether there are more."""
    states: list[bytes] = []
    size = 0
    for record_id, number, state in rows:
        if record_id in skipped:
            continue
        if len(states) == limit or (states and size + len(state) > most):
            return states, number - 1, True
        states.append(state)
        size += len(state)
    return states, newest, False
