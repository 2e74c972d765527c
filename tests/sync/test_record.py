from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.exchange import open_push
from sync.record import (
    Record,
    Write,
    decode,
    delete,
    encode,
    is_deleted,
    join,
    new,
    put_back,
    read,
    save,
    shred,
)
from tests.sync.histories import ID, clocks, fields, is_covered, raw, sealed, shown, states

Fields = dict[str, Any]

EMPTY = new(ID, "practice")


@given(states())
def test_join_is_commutative_associative_and_idempotent(held: list[Record]) -> None:
    a, b, c, _ = held
    assert encode(join(a, b)) == encode(join(b, a))
    assert encode(join(join(a, b), c)) == encode(join(a, join(b, c)))
    assert encode(join(a, a)) == encode(a)
    assert encode(join(join(a, b), b)) == encode(join(a, b))


@given(st.lists(states(most=4), min_size=3, max_size=3))
def test_join_keeps_its_laws_when_a_device_runs_twice_in_one_millisecond(separate: list[list[Record]]) -> None:
    # Histories that know nothing of each other reuse each other's dots.
    a, b, c = (held[0] for held in separate)
    assert encode(join(a, b)) == encode(join(b, a))
    assert encode(join(join(a, b), c)) == encode(join(a, join(b, c)))
    assert encode(join(a, sealed(b))) == encode(join(sealed(b), a))
    assert encode(join(join(a, sealed(b)), c)) == encode(join(a, join(sealed(b), c)))


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


@given(states(), st.lists(clocks, min_size=2))
def test_a_clock_that_stands_still_or_runs_backwards_still_moves_a_record_on(
    held: list[Record], nows: list[int]
) -> None:
    record = held[0]
    for now in nows:
        saved = save(record, "phone", {"learned": "more"}, now)
        assert saved.seen["phone"] > max(record.seen.values(), default=0)
        record = saved


def test_a_phone_restored_from_an_older_copy_loses_nothing_that_it_writes_after() -> None:
    backup = save(EMPTY, "phone", {"situation": "bus"}, 1000)
    server = save(save(backup, "phone", {"situation": "bus, late"}, 2000), "phone", {"situation": "bus, rain"}, 2500)
    rewritten = save(backup, "phone", {"learned": "it passed"}, 2600)
    assert read(join(server, rewritten))["learned"].value == "it passed"


@given(states())
def test_reading_shows_the_latest_first_and_equal_values_once(held: list[Record]) -> None:
    record = join(join(held[0], held[1]), held[2])
    for field, standing in read(record).items():
        moments = [(standing.at, standing.by), *((rival.at, rival.by) for rival in standing.rivals)]
        assert moments == sorted(moments, reverse=True)
        texts = [msgspec.json.encode(value) for value in (standing.value, *(rival.value for rival in standing.rivals))]
        assert len(texts) == len(set(texts))
        assert set(texts) == {msgspec.json.encode(value) for key, value in shown(record).items() if key[2] == field}


def test_one_and_true_are_rivals_and_the_same_words_are_not() -> None:
    a, b = (
        save(EMPTY, "phone", {"learned": 1, "thoughts": "no"}, 1),
        save(EMPTY, "laptop", {"learned": True, "thoughts": "no"}, 2),
    )
    standing = read(join(a, b))
    assert (standing["learned"].value, [rival.value for rival in standing["learned"].rivals]) == (True, [1])
    assert standing["thoughts"].rivals == []


def test_an_edit_that_the_deleter_had_not_seen_keeps_a_record_out_of_the_bin() -> None:
    written = save(EMPTY, "phone", {"situation": "bus"}, 1)
    binned, edited = delete(written, "phone", 5), save(written, "laptop", {"learned": "it passed"}, 3)
    assert is_deleted(binned)
    both = join(binned, edited)
    assert not is_deleted(both)
    assert read(both)["learned"].value == "it passed"
    assert is_deleted(delete(both, "laptop", 9))


def test_two_devices_that_both_delete_agree_and_one_can_put_it_back() -> None:
    written = save(EMPTY, "phone", {"situation": "bus"}, 1)
    both = join(delete(written, "phone", 5), delete(written, "laptop", 6))
    assert is_deleted(both)
    back = put_back(both, "tablet", 7)
    assert not is_deleted(back)
    assert not is_deleted(join(back, both))
    assert read(back)["situation"].value == "bus"


def test_a_deletion_that_also_wrote_words_is_an_edit_to_who_had_not_seen_it() -> None:
    binned = delete(save(EMPTY, "phone", {"situation": "bus"}, 1), "phone", 5)
    assert not is_deleted(join(binned, save(EMPTY, "laptop", {"deleted": {}, "learned": "it passed"}, 3)))


@pytest.mark.parametrize("strange", [5, "yes", [], {"phone": 0}, {"Phone": 5}, {"phone": "5"}, {"phone": 1, "x": 1}])
def test_a_strange_deletion_deletes_nothing(strange: object) -> None:
    assert not is_deleted(save(save(EMPTY, "phone", {"situation": "bus"}, 1), "phone", {"deleted": strange}, 2))


@given(states())
def test_shredding_leaves_no_word_and_no_old_copy_brings_one_back(held: list[Record]) -> None:
    old, current = held[0], delete(join(held[0], held[1]), "phone", 60)
    gone = shred(current)
    assert {key[2] for key in shown(gone)} <= {"deleted"}
    assert gone.seen == current.seen
    assert encode(join(gone, old)) == encode(gone)
    assert encode(join(gone, current)) == encode(gone)
    assert is_deleted(gone)


def test_only_a_deleted_record_can_be_shredded() -> None:
    with pytest.raises(ValueError, match="deleted"):
        shred(save(EMPTY, "phone", {"situation": "bus"}, 1))


@given(states())
def test_sealed_writes_stand_and_fall_as_open_ones_do(held: list[Record]) -> None:
    for a in held:
        for b in held:
            assert encode(join(sealed(a), sealed(b))) == encode(sealed(join(a, b)))
    assert is_deleted(sealed(held[0])) == is_deleted(held[0])
    assert set(read(sealed(held[0]))) <= {"deleted"}


@given(states())
def test_equal_states_are_equal_bytes_that_any_device_accepts(held: list[Record]) -> None:
    record = held[0]
    body = encode(record)
    assert encode(decode(body)) == body
    assert encode(msgspec.structs.replace(record, writes=record.writes[::-1])) == body
    assert open_push([msgspec.Raw(body)])[1] == []


def test_values_travel_as_the_bytes_that_came() -> None:
    came = b'{"id":"%s","kind":"trait","seen":{"phone":1},"writes":[{"at":1,"by":"phone","set":{"name":"\\u00e9"}}]}'
    body = came % ID.encode()
    assert encode(join(decode(body), EMPTY)).endswith(b'"set":{"name":"\\u00e9"}}]}')


def test_one_dot_with_two_values_keeps_the_greater() -> None:
    a, b = (Record(ID, "trait", {"phone": 1}, [Write("phone", 1, {"name": raw(name)})]) for name in ("no", "yes"))
    assert shown(join(a, b)) == {("phone", 1, "name"): "yes"}


@given(states(), fields)
def test_nothing_given_is_ever_changed(held: list[Record], saved: Fields) -> None:
    before = [encode(record) for record in held]
    save(held[0], "phone", saved, 5)
    join(held[0], held[1])
    delete(held[0], "phone", 5)
    assert [encode(record) for record in held] == before
