from datetime import date

import msgspec

from server.demo import invent
from server.kinds import STRUCTS
from sync.record import encode, read

TODAY = date(2026, 11, 22)


def test_a_year_is_told_again_word_for_word_by_its_seed():
    assert told(invent(7, 400, TODAY)) == told(invent(7, 400, TODAY))
    assert told(invent(7, 400, TODAY)) != told(invent(8, 400, TODAY))


def test_every_record_is_one_that_a_form_would_have_accepted():
    for record in invent(1, 400, TODAY):
        msgspec.convert(
            {field: shown.value for field, shown in read(record).items()}, STRUCTS[record.kind], strict=True
        )


def test_a_journal_is_as_heavy_as_it_was_ordered():
    assert [len(invent(1, entries, TODAY)) for entries in (0, 3, 400, 1000)] == [0, 3, 400, 1000]


def test_whatever_an_entry_names_was_written_before_it():
    for entries in (5, 20, 400):
        known: set[str] = set()
        for record in invent(2, entries, TODAY):
            fields = read(record)
            named = {fields["trait_id"].value} if "trait_id" in fields else set()
            for many in ("tool_ids", "sets_off"):
                named |= set(fields[many].value) if many in fields else set()
            assert named <= known
            known.add(record.id)


def test_over_the_year_the_old_reaction_weakens_and_the_new_one_grows():
    practices = [read(record) for record in invent(3, 400, TODAY) if record.kind == "practice"]
    first, last = practices[:60], practices[-60:]

    assert average(last, "old_reaction") < average(first, "old_reaction") - 20
    assert average(last, "new_reaction") > average(first, "new_reaction") + 20


def told(records):
    return [encode(record) for record in records]


def average(practices, field):
    return sum(practice[field].value for practice in practices) / len(practices)
