from typing import Any

import pytest

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
from tests.sync.histories import ID, raw, shown

Fields = dict[str, Any]

EMPTY = new(ID, "practice")


def test_a_phone_restored_from_an_older_copy_loses_nothing_that_it_writes_after() -> None:
    backup = save(EMPTY, "phone", {"situation": "bus"}, 1000)
    server = save(save(backup, "phone", {"situation": "bus, late"}, 2000), "phone", {"situation": "bus, rain"}, 2500)
    rewritten = save(backup, "phone", {"learned": "it passed"}, 2600)
    assert read(join(server, rewritten))["learned"].value == "it passed"


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


def test_only_a_deleted_record_can_be_shredded() -> None:
    with pytest.raises(ValueError, match="deleted"):
        shred(save(EMPTY, "phone", {"situation": "bus"}, 1))


def test_values_travel_as_the_bytes_that_came() -> None:
    came = b'{"id":"%s","kind":"trait","seen":{"phone":1},"writes":[{"at":1,"by":"phone","set":{"name":"\\u00e9"}}]}'
    body = came % ID.encode()
    assert encode(join(decode(body), EMPTY)).endswith(b'"set":{"name":"\\u00e9"}}]}')


def test_one_dot_with_two_values_keeps_the_greater() -> None:
    a, b = (Record(ID, "trait", {"phone": 1}, [Write("phone", 1, {"name": raw(name)})]) for name in ("no", "yes"))
    assert shown(join(a, b)) == {("phone", 1, "name"): "yes"}
