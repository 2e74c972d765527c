"""SYNC.md §1, Delete and Shredding: laws over histories."""

from typing import Any

from hypothesis import given

from sync.record import Record, delete, encode, is_deleted, join, put_back, save, shred
from tests.sync.histories import (
    clocks,
    fields,
    is_covered,
    shown,
    standing,
    states,
)

Fields = dict[str, Any]


# SYNC.md §1, Delete: an edit that the deleter had not seen keeps the record alive, and nothing else does.
@given(states())
def test_a_deletion_holds_against_what_it_had_seen_and_yields_to_what_it_had_not(held: list[Record]) -> None:
    binned = delete(held[0], "phone", 60)
    assert is_deleted(binned)
    both = join(binned, held[1])
    deletions = {(by, at) for by, at, field in standing(both) if field == "deleted"}
    unseen = {key for key in standing(both) if key[2] != "deleted" and not is_covered(binned.seen, *key[:2])}
    if deletions == {("phone", binned.seen["phone"])}:
        assert is_deleted(both) == (not unseen)


@given(states())
def test_what_is_put_back_has_every_word_that_it_had(held: list[Record]) -> None:
    before, binned = held[0], delete(held[0], "phone", 60)
    back = put_back(binned, "laptop", 61)
    assert not is_deleted(back)
    assert not is_deleted(join(back, binned))
    words = {key for key in standing(before) if key[2] != "deleted"}
    assert {key for key in standing(back) if key[2] != "deleted"} == words


# SYNC.md §1, Shredding drops all writes but `deleted` and keeps `seen`.
@given(states())
def test_shredding_leaves_no_word_and_no_old_copy_brings_one_back(held: list[Record]) -> None:
    old, current = held[0], delete(join(held[0], held[1]), "phone", 60)
    gone = shred(current)
    assert {key[2] for key in shown(gone)} <= {"deleted"}
    assert gone.seen == current.seen
    assert encode(join(gone, old)) == encode(gone)
    assert encode(join(gone, current)) == encode(gone)
    assert is_deleted(gone)


@given(states(), fields, clocks)
def test_a_word_that_the_shredder_had_not_seen_outlives_the_shredding(
    held: list[Record], saved: Fields, now: int
) -> None:
    gone, edited = shred(delete(held[0], "phone", 60)), save(held[1], "reader", saved, now)
    dot = ("reader", edited.seen["reader"])
    assert {(*dot, field) for field in saved} <= standing(join(gone, edited))
