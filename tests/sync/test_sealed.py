"""SYNC.md §1, Sealed write: nothing in sync/ ever looks at a value, but for `deleted`."""

from hypothesis import given

from sync.record import Record, delete, encode, is_deleted, join, put_back, read
from tests.sync.histories import (
    Did,
    play,
    scripts,
    sealed,
    standing,
    states,
    untouchable,
)


@given(states())
def test_sealed_writes_stand_and_fall_as_open_ones_do(held: list[Record]) -> None:
    for a in held:
        for b in held:
            assert encode(join(sealed(a), sealed(b))) == encode(sealed(join(a, b)))
    assert is_deleted(sealed(held[0])) == is_deleted(held[0])
    assert set(read(sealed(held[0]))) <= {"deleted"}


@given(scripts())
def test_a_history_of_sealed_saves_leaves_standing_what_its_open_twin_does(script: list[Did]) -> None:
    assert_twins(play(script), play(script, sealed))


@given(scripts())
def test_no_value_but_a_deletion_is_ever_looked_at(script: list[Did]) -> None:
    unreadable = play(script, untouchable)
    assert_twins(play(script), unreadable)
    for record in unreadable:
        encode(put_back(delete(record, "phone", 60), "phone", 61))


def assert_twins(held: list[Record], twins: list[Record]) -> None:
    for a, twin in zip(held, twins, strict=True):
        assert (standing(twin), twin.seen, is_deleted(twin)) == (standing(a), a.seen, is_deleted(a))
        for b, other in zip(held, twins, strict=True):
            assert standing(join(twin, other)) == standing(join(a, b))
