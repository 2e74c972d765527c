import msgspec
import pytest
from msgspec import Raw

from sync.exchange import MAX_BYTES, Malformed, join_push, open_push
from sync.record import decode, encode, new, save
from tests.sync.histories import ID

OTHER = ID[:-1] + "2"
GOOD = {"id": ID, "kind": "trait", "seen": {"phone": 5}, "writes": [{"by": "phone", "at": 5, "set": {"name": "no"}}]}


def pushed(record: object) -> Raw:
    return Raw(msgspec.json.encode(record))


def write(**parts: object) -> dict[str, object]:
    return {**GOOD, "writes": [{"by": "phone", "at": 5, **parts}]}


@pytest.mark.parametrize(
    "record",
    [
        {**GOOD, "seen": {"phone": 4}},
        {**GOOD, "seen": {}},
        {**GOOD, "seen": {"phone": 5, "Laptop": 1}},
        {**GOOD, "seen": {"phone": 5, "laptop\n": 1}},
        {**GOOD, "seen": {"phone": 5, "abc": 1}},
        {**GOOD, "seen": {"phone": 8_640_000_000_000_001}},
        {**GOOD, "seen": {"phone": 0}},
        {**GOOD, "writes": GOOD["writes"] * 2},  # type: ignore[operator] # a list, twice
        {**GOOD, "kind": "two words"},
        {**GOOD, "id": "01JD3V"},
        {**GOOD, "id": ID.upper().replace("0", "A")},
        {**GOOD, "extra": 1},
        {"id": ID},
        write(set={}),
        write(set={"two words": 1}),
        write(set={"__proto__": 1}),
        write(set={"name": 1.5}),
        write(set={"name": 2**53}),
        write(),
        write(keys=["name"]),
        write(box="abc"),
        write(keys=[], box="abc"),
        write(keys=["name", "name"], box="abc"),
        write(keys=["deleted"], box="abc"),
        write(keys=["name"], box="a+b="),
        write(set={"name": "no"}, keys=["name"], box="abc"),
    ],
)
def test_a_record_that_breaks_an_invariant_is_refused_alone(record: object) -> None:
    accepted, refused = open_push([pushed(record), pushed({**GOOD, "id": OTHER})])
    assert [each.id for each in accepted] == [OTHER]
    assert [each.code for each in refused] == ["bad_record"]


def test_unknown_kinds_fields_and_sealed_writes_pass_untouched() -> None:
    record = {
        **GOOD,
        "kind": "dream",
        "writes": [
            {"at": 4, "box": "a-_0", "by": "phone", "keys": ["name"]},
            {"at": 5, "by": "phone", "set": {"lucid": True}},
        ],
    }
    (accepted,), refused = open_push([pushed(record)])
    assert (encode(accepted), refused) == (msgspec.json.encode(record), [])


def test_a_record_over_64_kib_is_refused_alone_and_one_of_64_kib_is_not() -> None:
    room = MAX_BYTES - len(pushed_text(""))
    assert open_push([pushed(write(set={"name": "x" * room}))])[1] == []
    (refusal,) = open_push([pushed(write(set={"name": "x" * (room + 1)}))])[1]
    assert (refusal.id, refusal.code) == (ID, "too_large")


def pushed_text(name: str) -> bytes:
    return msgspec.json.encode(write(set={"name": name}))


@pytest.mark.parametrize("nameless", [5, None, [], {}, {"id": 5}])
def test_what_names_no_record_cannot_be_refused_alone(nameless: object) -> None:
    with pytest.raises(Malformed):
        open_push([pushed(nameless)])


def test_a_push_tells_what_changed_and_what_has_to_go_back() -> None:
    base = save(new(ID, "trait"), "phone", {"name": "no"}, 5)
    newer = save(base, "laptop", {"name": "not yet"}, 9)
    rival = save(base, "phone", {"costs": "time"}, 7)
    stored = {ID: encode(newer)}

    replayed = join_push(stored, [newer])
    assert (replayed.changed, replayed.differing) == ({}, set())
    stale = join_push(stored, [base])
    assert (stale.changed, stale.differing) == ({}, {ID})
    both = join_push(stored, [rival])
    assert both.differing == {ID}
    assert {field for each in decode(both.changed[ID]).writes for field in each.fields} == {"name", "costs"}
    fresh = join_push({}, [newer])
    assert (fresh.changed, fresh.differing) == (stored, set())


def test_an_id_never_changes_its_kind() -> None:
    stored = {ID: encode(save(new(ID, "trait"), "phone", {"name": "no"}, 5))}
    joined = join_push(stored, [save(new(ID, "tool"), "laptop", {"name": "breathe"}, 5)])
    assert (joined.changed, [refusal.code for refusal in joined.refused]) == ({}, ["bad_record"])


def test_a_join_that_grows_beyond_64_kib_is_refused_and_what_is_stored_stays() -> None:
    long = "x" * 40_000
    stored = {ID: encode(save(new(ID, "trait"), "phone", {"name": long}, 5))}
    joined = join_push(stored, [save(new(ID, "trait"), "laptop", {"name": long + "y"}, 5)])
    assert (joined.changed, [refusal.code for refusal in joined.refused]) == ({}, ["too_large"])
