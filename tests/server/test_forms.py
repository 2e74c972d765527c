from urllib.parse import parse_qsl, urlencode

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.actions import Gone, Hand, Refused, was_of, write
from server.entries import read_entry
from server.forms import asked, read_form
from server.kinds import STRUCTS, kinds
from server.words import words_of
from sync.canonical import canonical
from sync.record import Record, read, save

NOON = 1_795_350_000_000  # 22 November 2026, in ms
PHONE = Hand("phone1", NOON, "Europe/Madrid")
LAPTOP = Hand("laptop", NOON, "Europe/Madrid")
EN, ES = words_of("en"), words_of("es")

typed_texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "0", "70", "101", "-1", "7.5", "now", "lasting", "2026-11-22T18:03", "2026-02-30T10:00", "x" * 4001]
    ),
)


@given(st.sampled_from(list(kinds())), st.data())
def test_whatever_a_form_lets_through_fits_the_kind(kind_name: str, data: st.DataObject) -> None:
    kind = kinds()[kind_name]
    names = [field["name"] for field in asked(kind)] + ["emotions_1_name", "emotions_1_intensity"]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(names), typed_texts), max_size=12))
    try:
        record = write(kind, "r-1", pairs, PHONE, EN)(None)
    except Refused:
        return
    values = {name: standing.value for name, standing in read(record).items()}
    msgspec.convert(values, STRUCTS[kind_name], strict=True)


@pytest.mark.parametrize(
    ("kind", "pairs", "field", "error"),
    [
        ("trait", {"name": " \n "}, "name", "required"),
        ("practice", {"old_reaction": "a lot"}, "old_reaction", "not_number"),
        ("practice", {"old_reaction": "101"}, "old_reaction", "out_of_range"),
        ("practice", {"old_reaction": "٤٠"}, "old_reaction", "not_number"),
        ("practice", {"situation": "x", "happened_at": "2026-02-30T10:00"}, "happened_at", "not_moment"),
        ("practice", {"emotions_1_name": "", "emotions_1_intensity": "40"}, "emotions", "no_name"),
        ("practice", {"trait_id": "<script>"}, "trait_id", "not_choice"),
        ("practice", {"happened_at": "2026-02-28T10:00"}, "old_reaction", "needs_practice"),
        ("practice", {"situation": "A look"}, "old_reaction", "needs_practice"),
        ("review", {"trait_id": "a"}, "changed", "empty"),
        ("tool", {"name": "Breathe", "purpose": "later"}, "purpose", "not_choice"),
    ],
)
def test_a_refused_form_says_what_to_do(kind: str, pairs: dict[str, str], field: str, error: str) -> None:
    for words in (EN, ES):
        with pytest.raises(Refused) as refused:
            write(kinds()[kind], "r-1", list(pairs.items()), PHONE, words)(None)
        assert refused.value.form.errors == {field: words["errors"][error]}


def test_a_long_text_is_told_how_much_to_shorten_in_either_language() -> None:
    pairs = [("situation", "🙂" * 5234)]
    assert "4,000" in read_form(kinds()["practice"], pairs, EN).errors["situation"]
    assert "1,234" in read_form(kinds()["practice"], pairs, EN).errors["situation"]
    assert "1234" in read_form(kinds()["practice"], pairs, ES).errors["situation"]


def test_an_entry_that_outgrows_64_kib_is_refused_with_its_words() -> None:
    record = practice(situation="here")
    for at in range(11):  # rivals pile up: each from a device that had not seen the others
        record = save(record, f"old{at:02}x", {"situation": "é" * 2900}, NOON, base={})
    with pytest.raises(Refused) as refused:
        write(kinds()["practice"], "r-1", [("situation", "é" * 3000)], LAPTOP, EN)(record)
    assert "too long to keep" in refused.value.form.errors["situation"]


def test_two_devices_that_change_different_fields_both_stand() -> None:
    before = practice(situation="A meeting", learned="little")
    page = shown(before)
    on_phone = write(kinds()["practice"], "r-1", [*page, ("situation", "A meeting, standing")], PHONE, EN)(before)
    both = write(kinds()["practice"], "r-1", [*page, ("learned", "a lot")], LAPTOP, EN)(on_phone)
    assert values(both)["situation"] == "A meeting, standing"
    assert values(both)["learned"] == "a lot"
    assert not any(read(both)[name].rivals for name in ("situation", "learned"))


def test_a_wording_that_the_form_had_not_seen_stays_beside_the_new_one() -> None:
    before = practice(situation="A meeting")
    page = shown(before)
    on_phone = write(kinds()["practice"], "r-1", [*page, ("situation", "From the phone")], PHONE, EN)(before)
    both = write(kinds()["practice"], "r-1", [*page, ("situation", "From the laptop")], LAPTOP, EN)(on_phone)
    standing = read(both)["situation"]
    assert (standing.value, [rival.value for rival in standing.rivals]) == ("From the laptop", ["From the phone"])


def test_a_form_sent_twice_makes_one_entry_and_no_rival() -> None:
    pairs = [
        ("situation", "A meeting"),
        ("old_reaction", "40"),
        ("happened_at", "2026-11-22T18:03"),
        ("zone", "Europe/Madrid"),
    ]
    once = write(kinds()["practice"], "r-1", pairs, PHONE, EN)(None)
    twice = write(kinds()["practice"], "r-1", pairs, Hand("phone1", NOON + 5, "Europe/Madrid"), EN)(once)
    assert twice == once


def test_a_field_can_be_emptied_again() -> None:
    emptied = edit(practice(situation="A meeting", old_reaction="40"), old_reaction="")
    assert values(emptied)["old_reaction"] is None


def test_an_untouched_form_changes_nothing() -> None:
    before = practice(situation="  two\r\nlines ", old_reaction="40", emotions_1_name="sad", emotions_1_intensity="30")
    assert edit(before) == before


def test_a_record_of_another_kind_is_not_written_over() -> None:
    trait = write(kinds()["trait"], "r-1", [("name", "I go quiet")], PHONE, EN)(None)
    with pytest.raises(Gone):
        write(kinds()["practice"], "r-1", [("situation", "x")], PHONE, EN)(trait)


@given(st.text(max_size=60))
def test_a_vector_that_was_tampered_with_counts_as_having_seen_nothing(seen: str) -> None:
    before = practice(situation="A meeting")
    after = write(kinds()["practice"], "r-1", [("seen", seen), ("situation", "Other")], LAPTOP, EN)(before)
    assert values(after)["situation"] == "Other"
    assert [rival.value for rival in read(after)["situation"].rivals] == ["A meeting"]


def practice(**typed: str) -> Record:
    pairs = [("old_reaction", "60"), *typed.items(), ("happened_at", "2026-11-22T18:03"), ("zone", "Europe/Madrid")]
    return write(kinds()["practice"], "r-1", pairs, PHONE, EN)(None)


def edit(record: Record, **typed: str) -> Record:
    """What the form of the record's page saves when some of its inputs are typed over."""
    pairs = [(name, value) for name, value in shown(record) if name not in typed]
    sent = parse_qsl(urlencode([*pairs, *typed.items()]), keep_blank_values=True)
    return write(kinds()["practice"], "r-1", sent, Hand("phone1", NOON + 1000, "Europe/Madrid"), EN)(record)


def shown(record: Record) -> list[tuple[str, str]]:
    entry = read_entry(record)
    assert entry
    was = was_of(kinds()["practice"], entry)
    pairs = [(name, typed) for name, typed in was.items() if isinstance(typed, str)]
    for row, (name, intensity) in enumerate(was["emotions"]):
        pairs += [(f"emotions_{row}_name", name), (f"emotions_{row}_intensity", intensity)]
    return [*pairs, ("seen", canonical(entry.seen).decode()), ("was", canonical(was).decode())]


def values(record: Record) -> dict[str, object]:
    entry = read_entry(record)
    assert entry
    return entry.values
