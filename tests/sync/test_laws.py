"""The laws of SYNC.md §1, over histories in which devices share milliseconds, stand still and turn their clocks back."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sync.exchange import open_push
from sync.record import Record, decode, delete, encode, join, read, save
from tests.sync.histories import (
    DEVICES,
    Did,
    clocks,
    fields,
    is_covered,
    play,
    scripts,
    sealed,
    shown,
    standing,
    states,
)

Fields = dict[str, Any]


# SYNC.md §1, Join: commutative, associative, idempotent.
@given(states())
def test_join_is_commutative_associative_and_idempotent(held: list[Record]) -> None:
    a, b, c, _ = held
    assert encode(join(a, b)) == encode(join(b, a))
    assert encode(join(join(a, b), c)) == encode(join(a, join(b, c)))
    assert encode(join(a, a)) == encode(a)
    assert encode(join(join(a, b), b)) == encode(join(a, b))


@given(st.lists(scripts(most=4), min_size=3, max_size=3))
def test_join_keeps_its_laws_when_a_device_runs_twice_in_one_millisecond(separate: list[list[Did]]) -> None:
    # Histories that know nothing of each other reuse each other's dots.
    a, b, c = (play([did._replace(here=did.here % 2, now=did.now % 3) for did in script])[0] for script in separate)
    assert encode(join(a, b)) == encode(join(b, a))
    assert encode(join(join(a, b), c)) == encode(join(a, join(b, c)))
    assert encode(join(a, sealed(b))) == encode(join(sealed(b), a))
    assert encode(join(join(a, sealed(b)), c)) == encode(join(a, join(sealed(b), c)))
    assert encode(join(sealed(a), sealed(b, "other"))) == encode(join(sealed(b, "other"), sealed(a)))


# SYNC.md §1, Save.
@given(states(), fields, clocks)
def test_a_save_replaces_what_was_seen_of_its_fields_and_nothing_else(
    held: list[Record], saved: Fields, now: int
) -> None:
    before, other = held[0], held[1]
    after = save(before, "phone", saved, now)
    at = after.seen["phone"]
    kept = {key: value for key, value in shown(before).items() if key[2] not in saved}
    assert shown(after) == kept | {("phone", at, field): value for field, value in saved.items()}
    survivors = {key for key in shown(other) if not is_covered(before.seen, *key[:2])}
    assert survivors <= set(shown(join(after, other)))
    assert set(shown(join(after, before))) == set(shown(after))


# SYNC.md §1, Save after join supersedes exactly what was seen, wherever that still stands.
@given(states(), fields, clocks)
def test_a_save_after_a_join_supersedes_what_either_had_seen_and_nothing_else(
    held: list[Record], saved: Fields, now: int
) -> None:
    a, b, elsewhere, _ = held
    joined = join(a, b)
    after = join(save(joined, "phone", saved, now), elsewhere)
    superseded = {key for key in standing(elsewhere) if is_covered(joined.seen, *key[:2]) and key[2] in saved}
    assert not superseded & standing(after)
    unseen = {key for key in standing(elsewhere) if not is_covered(joined.seen, *key[:2])}
    assert unseen <= standing(after)
    untouched = {key for key in standing(join(joined, elsewhere)) if key[2] not in saved}
    assert untouched == {key for key in standing(after) if key[2] not in saved}


@given(states(), fields, clocks)
def test_a_save_on_what_was_on_screen_equals_one_made_before_the_rest_arrived(
    held: list[Record],
    saved: Fields,
    now: int,
) -> None:
    on_screen, arrived = held[0], join(held[0], held[1])
    now += 1 + max(arrived.seen.values(), default=0)  # so that both saves have the same moment
    late = join(save(on_screen, "phone", saved, now), arrived)
    assert encode(save(arrived, "phone", saved, now, base=on_screen.seen)) == encode(late)


# SYNC.md §1, Save: the greater `at` of a clock that stands still or runs backwards.
@given(states(), st.lists(clocks, min_size=2))
def test_a_clock_that_stands_still_or_runs_backwards_still_moves_a_record_on(
    held: list[Record], nows: list[int]
) -> None:
    record = held[0]
    for now in nows:
        saved = save(record, "phone", {"learned": "more"}, now)
        assert saved.seen["phone"] > max(record.seen.values(), default=0)
        record = saved


# SYNC.md §1, Save: "the clock in the dot … lets a phone that was restored from an old backup go on writing".
@given(scripts(), st.integers(0, 12), states(), fields, clocks)
def test_a_device_restored_from_an_older_copy_loses_nothing_that_it_writes_after(
    script: list[Did], backed_up: int, others: list[Record], saved: Fields, late: int
) -> None:
    for n, _ in enumerate(DEVICES):
        copy, present = play(script[:backed_up])[n], play(script)
        server = join(join(join(*present[:2]), join(*present[2:])), renamed(others[n]))
        rewritten = save(copy, DEVICES[n], saved, late + max(server.seen.values(), default=0))
        dot = (DEVICES[n], rewritten.seen[DEVICES[n]])
        assert {(*dot, field) for field in saved} <= standing(join(server, rewritten))
        unseen = {key for key in standing(server) if key[0] != DEVICES[n] and not is_covered(copy.seen, *key[:2])}
        assert unseen <= standing(join(server, rewritten))


def renamed(record: Record) -> Record:
    """The same by devices that the history does not know."""
    text = encode(record)
    for device in DEVICES:
        text = text.replace(b'"%s"' % device.encode(), b'"%s2"' % device.encode())
    return decode(text.replace(b'"by":"server"', b'"by":"server2"'))


# SYNC.md §1, Read: deterministic, whatever way a state came about.
@given(states())
def test_reading_shows_the_latest_first_and_equal_values_once(held: list[Record]) -> None:
    record = join(join(held[0], held[1]), held[2])
    for field, found in read(record).items():
        moments = [(found.at, found.by), *((rival.at, rival.by) for rival in found.rivals)]
        assert moments == sorted(moments, reverse=True)
        texts = [msgspec.json.encode(value) for value in (found.value, *(rival.value for rival in found.rivals))]
        assert len(texts) == len(set(texts))
        assert set(texts) == {msgspec.json.encode(value) for key, value in shown(record).items() if key[2] == field}


@given(states())
def test_reading_tells_the_same_of_the_same_state_however_it_came_about(held: list[Record]) -> None:
    a, b, c, _ = held
    one, other = join(join(a, b), c), join(c, join(b, a))
    told = msgspec.json.encode(read(one), order="sorted")
    assert told == msgspec.json.encode(read(decode(encode(other))), order="sorted")
    assert told == msgspec.json.encode(read(msgspec.structs.replace(one, writes=one.writes[::-1])), order="sorted")


# SYNC.md §1: "The canonical order is …, so equal states are equal bytes."
@given(states())
def test_equal_states_are_equal_bytes_that_any_device_accepts(held: list[Record]) -> None:
    record = held[0]
    body = encode(record)
    assert encode(decode(body)) == body
    assert encode(msgspec.structs.replace(record, writes=record.writes[::-1])) == body
    assert open_push([msgspec.Raw(body)])[1] == []


@given(states())
def test_states_that_differ_are_bytes_that_differ(held: list[Record]) -> None:
    for a in held:
        for b in held:
            is_same = (shown(a), a.seen) == (shown(b), b.seen)
            assert (encode(a) == encode(b)) == is_same


@given(states(), fields)
def test_nothing_given_is_ever_changed(held: list[Record], saved: Fields) -> None:
    before = [encode(record) for record in held]
    save(held[0], "phone", saved, 5)
    join(held[0], held[1])
    delete(held[0], "phone", 5)
    assert [encode(record) for record in held] == before
